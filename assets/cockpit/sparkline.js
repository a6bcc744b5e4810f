// A small chart of days in our own SVG: one resident's holdings against the middle of the community.

import { number, svg } from './dom.js';
import { dayTicks, spread, valueTicks } from './scale.js';

const WIDE = 340, HIGH = 122, LEFT = 26, RIGHT = 318, TOP = 8, BOTTOM = 102;

// lines: [{points: [[day, units], …], word, ink, width}], the last one on top; `day` is the chosen day.
export function holdingsChart({ lines, horizon, day, title }) {
  const values = lines.flatMap((line) => line.points.map((point) => point[1])).filter((value) => value !== null);
  const axis = valueTicks(Math.min(...values), Math.max(...values), true);
  const x = (at) => LEFT + at / Math.max(1, horizon) * (RIGHT - LEFT);
  const y = (value) => BOTTOM - (value - axis.low) / (axis.high - axis.low) * (BOTTOM - TOP);
  const root = svg('svg.days-chart', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': title });
  for (const tick of axis.ticks) {
    root.append(svg('path', { d: `M${LEFT} ${y(tick)}H${RIGHT}`, stroke: tick === 0 ? 'var(--line2)' : 'var(--grid)' }),
      svg('text', { x: LEFT - 6, y: y(tick) + 4, 'text-anchor': 'end' }, tick ? tick.toFixed(axis.digits) : '0'));
  }
  for (const at of dayTicks([0, horizon], RIGHT - LEFT)) {
    root.append(svg('text', { x: x(at), y: HIGH - 5, 'text-anchor': 'middle' }, at === 0 ? 'day 0' : at));
  }
  for (const line of lines) root.append(svg('path', { d: path(line.points, x, y), fill: 'none', stroke: line.ink, 'stroke-width': line.width }));
  root.append(svg('path', { d: `M${x(day)} 0V${BOTTOM}`, stroke: 'var(--accent)', 'stroke-width': 1.6 }));

  const lastOf = (line) => line.points.findLast((point) => point[0] <= day && point[1] !== null);
  const now = lines.map((line) => ({ ...line, last: lastOf(line) })).filter((line) => line.last);
  const heights = spread(now.map((line) => y(line.last[1])), 13, TOP + 4, BOTTOM - 4);
  now.forEach((line, k) => {
    const main = k === now.length - 1, at = x(line.last[0]), left = at > WIDE - 96;
    if (main) root.append(svg('circle', { cx: at, cy: y(line.last[1]), r: 3.2, fill: line.ink }));
    root.append(svg('text.label', {
      x: at + (left ? -7 : 7), y: heights[k] + 4, 'text-anchor': left ? 'end' : 'start',
      'font-weight': main ? 600 : 400, fill: main ? 'var(--ink)' : 'var(--ink2)',
    }, `${number(line.last[1], 1)} ${line.word}`));
  });
  return root;
}

// Days without a value stay gaps.
function path(points, x, y) {
  let pen = 'M';
  return points.map(([day, value]) => {
    if (value === null) { pen = 'M'; return ''; }
    const step = `${pen}${x(day).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
    return step;
  }).join('');
}
