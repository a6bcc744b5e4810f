// A chart as a picture to take along: PNG or SVG, with its title, its unit and its lines named, on white.

import { h } from './dom.js';
import { icon } from './icons.js';
import { loadPlotly } from './plotly.js';

const WIDTH = 900, HEIGHT = 480;
const FONT = 'Arial, Helvetica, sans-serif';           // a picture cannot bring the page's own type along

// chart(): {plot, title, sub, name, seeds, day, names (of its lines, if not their own)} at the moment it is asked for.
export function downloads(chart) {
  const save = (format) => h('button.save', { type: 'button', title: `Save this chart as ${format.toUpperCase()}`, 'aria-label': `Save this chart as ${format.toUpperCase()}`, onclick: () => store(format) }, format.toUpperCase());
  async function store(format) {
    const plotly = await loadPlotly(), said = chart();
    await plotly.downloadImage(figure(said), { format, filename: fileName(said), width: WIDTH, height: HEIGHT, scale: format === 'png' ? 2 : 1 });
  }
  return h('span.saves', { role: 'group', 'aria-label': 'Save this chart' }, icon('arrow-down', 12), save('png'), save('svg'));
}

function figure({ plot, title, sub, names, day }) {
  const { data, layout } = plot.figure();
  data.forEach((trace, k) => { trace.name = plain(names?.[k] ?? trace.name); trace.showlegend = !!trace.name; });
  return {
    data,
    layout: {
      ...layout, width: WIDTH, height: HEIGHT, autosize: false, showlegend: true, legend: { orientation: 'h', y: -0.12, traceorder: 'normal', font: { size: 13 } },
      margin: { l: 60, r: 24, t: 74, b: 80 }, paper_bgcolor: layout.back, plot_bgcolor: layout.back, font: { family: FONT, size: 13, color: layout.ink },
      title: { text: `${plain(title)}<br><span style="font-size:13px">${plain(sub)}</span>`, x: 0.02, xanchor: 'left', font: { size: 17 } },
      shapes: [{ type: 'line', x0: day, x1: day, yref: 'paper', y0: 0, y1: 1, line: { color: layout.ink, width: 1, dash: 'dot' } }],
    },
  };
}

// Plotly reads a few tags in its texts: none of ours has any.
function plain(words) { return String(words ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;'); }

function fileName({ title, name, seeds, day }) {
  const slug = `${title} ${name ?? ''}`.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 80);
  return `${slug}-seed-${[...new Set(seeds)].join('-')}-day-${day}`;
}
