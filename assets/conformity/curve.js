// One measurement: the shares counted before each crowd with their intervals, the fitted curve, and isolation.

import { viewer } from '../cockpit/instances.js';
import { attr, h, number, text } from '../cockpit/dom.js';
import { readTheme } from '../cockpit/theme.js';
import { createFrame } from './frame.js';

const decoder = new TextDecoder();
const SHARES = [0, 0.25, 0.5, 0.75, 1];

export const view = viewer(createPage);

function createPage(component) {
  const root = component.parentElement.querySelector('.cockpit'), store = { theme: null };
  const sub = h('p.sub'), stage = h('div.stage.curve-stage', { role: 'img' }), alone = h('p.sub');
  let data = null;
  root.replaceChildren(sub, stage, alone);
  const frame = createFrame(stage, { left: 44, right: 78, top: 12, bottom: 26, ends: () => ({ x: [-1, 1], y: [0, 1] }), paint });

  function paint(pen) {
    if (!data) return;
    const { colour, box } = pen;
    for (const share of SHARES) {
      pen.rule([box.left, pen.y(share)], [box.right, pen.y(share)], { hue: share === 0.5 ? colour.line2 : colour.grid });
      pen.words(`${number(100 * share, 0)} %`, box.left - 6, pen.y(share), { align: 'right', halo: false });
    }
    pen.gridX([-1, -0.5, 0, 0.5, 1], 1, 'm ');
    if (data.alone) {
      const { p, low, high } = data.alone;
      pen.brush.fillStyle = colour.band; pen.brush.fillRect(box.left, pen.y(high), box.right - box.left, pen.y(low) - pen.y(high));
      pen.rule([box.left, pen.y(p)], [box.right, pen.y(p)], { hue: colour['g0-ink'], width: 1.6, dash: [7, 4] });
      pen.words('in isolation', box.right + 6, pen.y(p), { hue: colour['g0-ink'], halo: false });
    }
    pen.line(data.line, { hue: colour.ink, width: 2 });
    for (const { m, p, low, high } of data.points) {
      pen.rule([pen.x(m), pen.y(low)], [pen.x(m), pen.y(high)], { hue: colour['deal-ink'], width: 2 });
      pen.dot(m, p, { hue: colour['deal-ink'], radius: 4 });
    }
  }

  function look() { if (readTheme(root, store)) frame.draw(store.theme); }
  root.addEventListener('transitionstart', look);

  return {
    receive(next) {
      if (!next.data) return;
      data = JSON.parse(decoder.decode(next.data));
      text(sub, data.sub);
      text(alone, data.alone ? `In isolation ${data.alone.yes} of ${data.alone.asked} declared it, ${number(100 * data.alone.low, 0)} to ${number(100 * data.alone.high, 0)} %` : '');
      attr(stage, 'aria-label', `${data.title}. ${data.points.map(({ m, yes, asked }) => `m ${number(m, 2)}: ${yes} of ${asked}`).join('; ')}`);
      look(); frame.draw(store.theme);
    },
    close() { frame.close(); root.removeEventListener('transitionstart', look); },
  };
}
