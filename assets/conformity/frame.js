// A small chart on a canvas: a few gridlines, axis numbers, lines and labels at their ends, crisp at every size.

import { h, number } from '../cockpit/dom.js';
import { canvasOf } from '../cockpit/canvas.js';
import { FONT } from '../cockpit/theme.js';

// paint(pen) draws it anew; `pen` turns values into pixels. `ends`: {x: [from, to], y: [from, to]}, read at every drawing.
export function createFrame(host, { left = 34, right = 12, top = 8, bottom = 22, ends, paint }) {
  const canvas = canvasOf(host.appendChild(h('canvas', { 'aria-hidden': 'true' })));
  let width = 0, height = 0, colour = null;

  function pen() {
    const brush = canvas.fit(width, height), { x: [x0, x1], y: [y0, y1] } = ends();
    const box = { left, top, right: width - right, bottom: height - bottom };
    const x = (value) => box.left + (value - x0) / (x1 - x0) * (box.right - box.left);
    const y = (value) => box.bottom - (value - y0) / (y1 - y0) * (box.bottom - box.top);
    let font = '';                                         // setting one costs more than all else of a word
    const type = (size, weight) => { if (font !== (font = `${weight} ${size}px ${FONT}`)) brush.font = font; };

    // Words on the ground they stand on, so that lines below do not cross them out.
    function words(said, px, py, { hue = colour.ink3, align = 'left', weight = 400, halo = true, size = 11 } = {}) {
      type(size, weight);
      brush.textAlign = align; brush.textBaseline = 'middle';
      if (halo) { brush.lineWidth = 3; brush.lineJoin = 'round'; brush.strokeStyle = colour.bg; brush.strokeText(said, px, py); }
      brush.fillStyle = hue; brush.fillText(said, px, py);
    }

    function rule(from, to, { hue, width: thick = 1, dash = [] }) {
      brush.strokeStyle = hue; brush.lineWidth = thick; brush.setLineDash(dash);
      brush.beginPath(); brush.moveTo(...from); brush.lineTo(...to); brush.stroke(); brush.setLineDash([]);
    }

    function line(points, { hue, width: thick = 2, dash = [] }) {
      brush.strokeStyle = hue; brush.lineWidth = thick; brush.lineJoin = 'round'; brush.setLineDash(dash);
      brush.beginPath();
      let on = false;
      for (const [a, b] of points) {
        if (!Number.isFinite(a) || !Number.isFinite(b)) { on = false; continue; }
        brush[on ? 'lineTo' : 'moveTo'](x(a), y(b)); on = true;
      }
      brush.stroke(); brush.setLineDash([]);
    }

    function dot(a, b, { hue, radius = 4, hollow = false }) {
      brush.beginPath(); brush.arc(x(a), y(b), radius, 0, 7);
      if (hollow) { brush.fillStyle = colour.bg; brush.fill(); brush.strokeStyle = hue; brush.lineWidth = 1.6; brush.stroke(); }
      else { brush.fillStyle = hue; brush.fill(); }
    }

    function gridY(ticks, digits, strong = null) {
      for (const tick of ticks) {
        const at = Math.round(y(tick)) + 0.5;
        rule([box.left, at], [box.right, at], { hue: tick === strong ? colour.line2 : colour.grid });
        words(number(tick, digits), box.left - 6, at, { align: 'right', halo: false });
      }
    }

    function gridX(ticks, digits, first = '') {
      ticks.forEach((tick, k) => {
        const align = x(tick) > box.right - 12 ? 'right' : 'center';
        words(`${k === 0 ? first : ''}${number(tick, digits)}`, x(tick), box.bottom + 12, { align, halo: false });
      });
    }

    return { brush, box, x, y, words, rule, line, dot, gridX, gridY, colour, width, height };
  }

  function draw(theme) {
    if (theme) ({ colour } = theme);
    if (!colour || width < 60 || height < 40) return;
    paint(pen());
  }

  const watch = new ResizeObserver(() => { width = host.clientWidth; height = host.clientHeight; draw(); });
  watch.observe(host);
  return {
    draw, node: canvas.node,
    // Where a pointer is, as values.
    at(event) {
      const place = canvas.node.getBoundingClientRect(), { x: [x0, x1], y: [y0, y1] } = ends();
      const a = (event.clientX - place.left - left) / (width - left - right), b = 1 - (event.clientY - place.top - top) / (height - top - bottom);
      return [x0 + a * (x1 - x0), y0 + b * (y1 - y0)];
    },
    // Pixels of a value, for what is laid above the canvas.
    place(a, b) {
      const { x: [x0, x1], y: [y0, y1] } = ends();
      return [left + (a - x0) / (x1 - x0) * (width - left - right), height - bottom - (b - y0) / (y1 - y0) * (height - top - bottom)];
    },
    close() { watch.disconnect(); },
  };
}
