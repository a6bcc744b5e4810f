// One chart over the days of a run: Plotly draws axes and lines and zooms; the cursor, the labels at the lines' ends
// and the days Plotly has not taken over yet lie above it, so that a new or another chosen day costs no redraw.

import { h, number } from './dom.js';
import { FONT } from './theme.js';
import { clearer, dayTicks, valueTicks } from './scale.js';
import { createOverlay } from './overlay.js';

const REST = 1500;                      // ms without a new day after which Plotly takes the new days over
const MOST = 20;                        // days at most that wait for that

// spec: {name, lines, zero, digits, marks, note}; a line is {of(row), word, colour(theme), ink(theme), width, dash, fill, area(theme)}:
// `fill` 'previous' paints down to the line before it, 'zero' to the axis.
// zoom: {range: [from, to] | null, set(range | null)}, shared by all charts of the page.
export function createPlot(host, store, zoom, spec) {
  let plotly = null, listening = false, taken = 0, axis = null, size = { width: 0, height: 0 }, timer = 0;
  const canvas = host.appendChild(h('div.plot-canvas'));
  const overlay = createOverlay(host, store, spec, { x, y, box, goto: (day) => store.goto(day), dayAt });

  function range() { return zoom.range ?? [0, Math.max(1, store.meta.horizon)]; }

  function shown() { return size.width >= 60 && size.height >= 40; }

  function box() { return { ...size, left: spec.left ?? 28, top: 8, right: size.width - 38, bottom: size.height - 21 }; }

  function x(day, { left, right } = box()) {
    const [from, to] = range();
    return left + (day - from) / (to - from) * (right - left);
  }

  function y(value, { top, bottom } = box()) {
    return bottom - (value - axis.low) / (axis.high - axis.low) * (bottom - top);
  }

  function dayAt(px) {
    const { left, right } = box(), [from, to] = range();
    return Math.round(from + (px - left) / (right - left) * (to - from));
  }

  // Gridlines for the days in sight.
  function heights() {
    const [from, to] = range();
    let low = Infinity, high = -Infinity;
    for (const row of store.rows) {
      if (row.day < from - 1 || row.day > to + 1) continue;
      for (const line of spec.lines) {
        const value = line.of(row);
        if (value === null || value === undefined) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    return valueTicks(low, high, spec.zero, spec.digits === 0);
  }

  function traces() {
    const { colour } = store.theme;
    const at = store.rows.map((row) => row.day);
    return spec.lines.map((line) => ({
      type: 'scatter', mode: 'lines', hoverinfo: 'skip', x: at, y: store.rows.map((row) => line.of(row) ?? null),
      line: { color: line.colour(colour), width: line.width ?? 2, dash: line.dash ?? 'solid', simplify: false },
      fill: line.fill === 'previous' ? 'tonexty' : line.fill === 'zero' ? 'tozeroy' : 'none',
      fillcolor: line.area ? clearer(...line.area(colour)) : undefined,
    }));
  }

  function axes() {
    const { colour } = store.theme, place = box();
    const days = dayTicks(range(), place.right - place.left);
    const common = { showline: false, zeroline: false, ticks: '', automargin: false, tickmode: 'array', ticklabelstandoff: 3, fixedrange: true };
    return {
      xaxis: {
        ...common, fixedrange: false, range: range(), tickvals: days, ticktext: days.map((day) => (day === 0 ? 'day 0' : String(day))),
        showgrid: false,
      },
      yaxis: {
        ...common, range: [axis.low, axis.high], tickvals: axis.ticks, gridcolor: colour.grid, gridwidth: 1,
        ticktext: axis.ticks.map((tick) => shortly(tick, axis)),
        zeroline: !!spec.zero, zerolinecolor: colour.line2, zerolinewidth: 1,
      },
    };
  }

  function layout() {
    const { colour } = store.theme, place = box();
    return {
      width: place.width, height: place.height, uirevision: 'kept', showlegend: false, hovermode: false, dragmode: 'zoom',
      margin: { l: place.left, r: place.width - place.right, t: place.top, b: place.height - place.bottom, autoexpand: false },
      paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
      font: { family: FONT, size: 11, color: colour.ink3 }, ...axes(),
    };
  }

  // Plotly takes over all days, in the node it has: first drawing, other run, theme, size or zoom, and now and then new days.
  function whole() {
    clearTimeout(timer);
    if (!plotly || !store.theme || !shown()) return;
    axis = heights();
    taken = store.rows.length;
    plotly.react(canvas, traces(), layout(), { displayModeBar: false, doubleClick: false, showTips: false });
    if (!listening) {
      listening = true;
      canvas.on('plotly_relayout', (event) => {
        if ('xaxis.range[0]' in event) zoom.set([event['xaxis.range[0]'], event['xaxis.range[1]']]);
      });
      canvas.on('plotly_doubleclick', () => zoom.set(null));
    }
    overlay.draw(taken);
  }

  // New days: drawn at once above, taken over when the reader rests, when many wait or when the axis must move.
  function grow() {
    if (!axis) { whole(); return; }
    if (!shown()) return;               // drawn when it is in sight again
    const next = heights();
    if (next.low !== axis.low || next.high !== axis.high || store.rows.length < taken || store.rows.length - taken > MOST) { whole(); return; }
    clearTimeout(timer);
    timer = setTimeout(whole, REST);
    overlay.draw(taken);
  }

  function wordOf({ word }) { return typeof word === 'function' ? word(store.meta) : word; }

  const watch = new ResizeObserver(() => { size = { width: host.clientWidth, height: host.clientHeight }; whole(); });
  watch.observe(host);

  return {
    attach(library) { plotly = library; whole(); },
    whole, grow,
    // For a picture to take along: all days, the lines by their names, and what lies behind them.
    figure() {
      const data = traces().map((trace, k) => ({ ...trace, name: wordOf(spec.lines[k]) }));
      return { data, layout: { ...layout(), back: store.theme.colour.bg, ink: store.theme.colour.ink } };
    },
    // Another day is chosen: only what lies above moves.
    move() { if (axis && shown()) overlay.draw(null); },
    destroy() { clearTimeout(timer); watch.disconnect(); if (listening) plotly.purge(canvas); },
  };
}

// There is room for four figures beside an axis: beyond them it counts in thousands.
function shortly(tick, { digits, ticks }) {
  if (!tick) return '0';
  if (ticks.at(-1) < 10000) return tick.toFixed(digits).replace('-', '−').replace(/0(?=\.\d{3})/, '');
  return `${number(tick / 1000, tick % 1000 ? 1 : 0)}k`;
}
