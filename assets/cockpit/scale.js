// Axes: where gridlines stand and how much of the world they show.

const STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000];

// Days to name below a chart that shows `from` to `to` on `width` px: round numbers, the ends of the run included.
export function dayTicks([from, to], width) {
  const room = Math.max(2, Math.floor(width / 42));
  const step = STEPS.find((size) => (to - from) / size <= room) ?? Math.ceil((to - from) / room);
  const ticks = [];
  for (let day = Math.ceil(from / step) * step; day <= to + 1e-9; day += step) ticks.push(day);
  return ticks;
}

// Three or four round gridlines around the values: {low, high, ticks, digits}. With `zero` they start at zero, with `counts` they
// stand at whole numbers only.
export function valueTicks(low, high, zero, counts) {
  if (!(high > -Infinity)) [low, high] = [0, 1];
  if (zero) low = Math.min(0, low);
  if (high - low < 1e-9) high = low + Math.max(1, Math.abs(low) * 0.1);
  const rough = (high - low) / 3;
  const power = 10 ** Math.floor(Math.log10(counts ? Math.max(1, rough) : rough));
  const step = [1, 2, 2.5, 5, 10].map((size) => size * power).filter((size) => !counts || Number.isInteger(size))
    .find((size) => Math.ceil(high / size - 1e-9) - Math.floor(low / size + 1e-9) <= 4) ?? 10 * power;
  const first = Math.floor(low / step + 1e-9), last = Math.ceil(high / step - 1e-9);
  const ticks = [];
  for (let at = first; at <= last; at += 1) ticks.push(at * step);
  const digits = step >= 1 && Number.isInteger(step) ? 0 : step >= 0.1 && Number.isInteger(+(step * 10).toFixed(6)) ? 1 : Number.isInteger(+(step * 100).toFixed(6)) ? 2 : 3;
  // A little more than the last gridline, so that Plotly draws it; half steps, so that the axis seldom moves.
  const top = Math.ceil(high / step * 2 - 1e-9) * step / 2;
  return { low: ticks[0], high: top + step * 0.02, ticks: ticks.filter((tick) => tick <= top + 1e-9), digits };
}

// Keep labels apart: moves the wanted heights so that none is closer than `gap`, in the same order, inside [top, bottom].
export function spread(wanted, gap, top, bottom) {
  const order = wanted.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y);
  order.forEach((item, k) => { item.y = Math.max(item.y, k ? order[k - 1].y + gap : top); });
  for (let k = order.length - 1, limit = bottom; k >= 0; k -= 1) {
    order[k].y = Math.min(order[k].y, limit);
    limit = order[k].y - gap;
  }
  const out = [];
  for (const item of order) out[item.at] = item.y;
  return out;
}

// A token colour (#rrggbb) at an opacity from 0 to 1, for fills that Plotly paints.
export function clearer(hex, opacity) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${opacity})`;
}

let brush = null;

// Width in px of a text in the page's type.
export function textWidth(words, size, weight = 400) {
  brush ??= document.createElement('canvas').getContext('2d');
  brush.font = `${weight} ${size}px "IBM Plex Sans", system-ui, sans-serif`;
  return brush.measureText(words).width;
}
