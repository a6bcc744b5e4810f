// One figure. Python builds it for Plotly; painted.js gives it the theme's colours.

import { h, attr } from '../cockpit/dom.js';
import { loadPlotly } from '../cockpit/plotly.js';
import { FONT } from '../cockpit/theme.js';
import { painted } from './painted.js';

const OPTIONS = { displayModeBar: false, doubleClick: 'reset', showTips: false, responsive: false };

export function createFigure(host, store) {
  const canvas = host.appendChild(h('div.canvas', { role: 'img' }));
  let figure = null, plotly = null, drawn = 0;

  function draw() {
    const width = host.clientWidth;
    if (!figure || !plotly || !store.theme || width < 60) return;
    drawn = width;
    const { colour } = store.theme;
    const layout = painted({ ...figure.layout, width, height: figure.height }, colour);
    layout.font = { family: FONT, size: 11, color: colour.ink3, ...layout.font };
    layout.hoverlabel = { bgcolor: colour.bg, bordercolor: colour.line2, font: { family: FONT, size: 12, color: colour.ink }, align: 'left', ...layout.hoverlabel };
    plotly.react(canvas, painted(figure.data, colour), layout, OPTIONS);
  }

  const watch = new ResizeObserver(() => { if (host.clientWidth !== drawn) draw(); });
  watch.observe(host);

  return {
    show(next) {
      figure = next;
      canvas.style.height = `${next.height}px`;
      attr(canvas, 'aria-label', `${next.title}. ${next.told ?? ''}`);
      loadPlotly().then((library) => { plotly = library; draw(); }, (error) => { canvas.textContent = error.message; });
    },
    draw,
    close() { watch.disconnect(); if (plotly && canvas.data) plotly.purge(canvas); },
  };
}
