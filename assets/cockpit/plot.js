// One chart over the days of a run: Plotly draws axes and lines and zooms; the cursor, the labels at the lines' ends
// and the hover text lie above it, so that another chosen day costs no redraw.

import { h } from './dom.js';
import { FONT } from './theme.js';
import { clearer, dayTicks, valueTicks } from './scale.js';
import { createOverlay } from './overlay.js';

// spec: {lines, zero, digits, marks}; a line is {of(row), word, colour(theme), width, dash, fill, area(theme), label}:
// `fill` 'previous' paints down to the line before it, 'zero' to the axis; `label: false` keeps it out of the labels.
// zoom: {range: [from, to] | null, set(range | null)}, shared by all charts of the page.
export function createPlot(host, store, zoom, spec) {
  let plotly = null, drawn = null, days = 0, axis = null;
  const canvas = host.appendChild(h('div.plot-canvas'));
  const overlay = createOverlay(host, store, spec, { x, y, box, goto: (day) => store.goto(day), dayAt });

  function range() { return zoom.range ?? [0, Math.max(1, store.meta.horizon)]; }

  function box() {
    const { clientWidth: width, clientHeight: height } = host;
    return { left: 28, top: 6, width, height, right: width - 38, bottom: height - 19 };
  }

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
    return valueTicks(low, high, spec.zero);
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
    const common = { showline: false, zeroline: false, ticks: '', automargin: false, tickmode: 'array', fixedrange: true };
    return {
      xaxis: {
        ...common, fixedrange: false, range: range(), tickvals: days, ticktext: days.map((day) => (day === 0 ? 'day 0' : String(day))),
        showgrid: false,
      },
      yaxis: {
        ...common, range: [axis.low, axis.high], tickvals: axis.ticks, gridcolor: colour.grid, gridwidth: 1,
        ticktext: axis.ticks.map((tick) => tick.toFixed(axis.digits).replace('-', '−')),
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
      font: { family: FONT, size: 11, color: colour.ink3 },
      newshape: {}, selections: [], ...axes(),
    };
  }

  // Everything anew in the same node: first drawing, other run, theme or size.
  function whole() {
    if (!plotly || !store.theme || host.clientWidth < 60 || host.clientHeight < 40) return;
    axis = heights();
    const first = !drawn;
    drawn = traces(); days = store.rows.length;
    plotly.react(canvas, drawn, layout(), { displayModeBar: false, doubleClick: false, showTips: false });
    if (first) {
      canvas.on('plotly_relayout', (event) => {
        if ('xaxis.range[0]' in event) zoom.set([event['xaxis.range[0]'], event['xaxis.range[1]']]);
      });
      canvas.on('plotly_doubleclick', () => zoom.set(null));
    }
    overlay.draw(true);
  }

  // New days: the lines grow in place; the axis is touched only when it must.
  function grow() {
    if (!drawn) { whole(); return; }
    if (days === store.rows.length) return;
    days = store.rows.length;
    const data = traces();
    plotly.animate(canvas, { data: data.map(({ x: at, y: values }) => ({ x: at, y: values })), traces: data.map((_, k) => k) },
      { mode: 'immediate', transition: { duration: 0 }, frame: { duration: 0, redraw: false } }).catch(() => {});
    const next = heights();
    if (next.low !== axis.low || next.high !== axis.high) { axis = next; rescale(); }
    overlay.draw(true);
  }

  function rescale() {
    if (!drawn) return;
    axis = heights();
    const { xaxis, yaxis } = axes();
    plotly.relayout(canvas, {
      'xaxis.range': xaxis.range, 'xaxis.tickvals': xaxis.tickvals, 'xaxis.ticktext': xaxis.ticktext,
      'yaxis.range': yaxis.range, 'yaxis.tickvals': yaxis.tickvals, 'yaxis.ticktext': yaxis.ticktext,
    });
    overlay.draw(true);
  }

  return {
    attach(library) { plotly = library; whole(); },
    whole, grow, rescale,
    move() { if (drawn) overlay.draw(false); },
    destroy() { if (drawn) plotly.purge(canvas); overlay.destroy(); },
  };
}
