// Presentation mode: three large numbers, the day's gravest line with its proof, and the population.

import { h, svg, text, attr, clear, number } from './dom.js';
import { icon, chipIcon } from './icons.js';

export function create(host, store) {
  const figures = [figure(), figure(), figure()];
  const gravest = h('section.gravest');
  const title = h('h2'), plot = h('div.plot');
  const leave = h('button.btn.quiet.leave', { type: 'button', 'aria-label': 'Leave the presentation', onclick: () => store.present(false) },
    icon('leave', 15), 'Leave', h('kbd', { 'aria-hidden': 'true' }, 'esc'));
  const footer = h('div.footer');
  host.append(h('div.figures', null, figures.map((one) => one.node)), gravest, h('section.trend-block', null, title, plot), leave, footer);
  let told = '';

  function paint() {
    const { row, rows, meta, detail } = store;
    attr(host, 'data-day', store.day);
    const most = rows.slice(0, store.day + 1).reduce((top, one) => Math.max(top, one.alive), 0);
    figures[0].show(row.alive, 0, `alive of ${most}`);
    figures[1].show(row.gini, 2, `Gini${course(rows, store.day)}`);
    figures[2].show(row.betrayals7, 0, `${row.betrayals7 === 1 ? 'betrayal' : 'betrayals'} in 7 days`);
    text(title, row.titles.population ?? '');
    text(footer, meta.provenance);
    clear(plot).append(population(store, plot.clientWidth, plot.clientHeight));
    const line = detail && detail.gravest >= 0 ? detail.lines.find((one) => one.i === detail.gravest) : null;
    const key = line ? `${detail.day}.${line.i}` : detail ? `none ${detail.day}` : told;
    if (key === told) return;
    told = key;
    gravest.className = `gravest${line && (line.betrayal || line.deceptive) ? ' grave' : ''}${line?.deceptive && !line.betrayal ? ' deceptive' : ''}`;
    clear(gravest).append(...(line ? story(line) : [h('p', null, 'Nothing was said or done that day.')]));
  }

  return {
    update(changes) {
      if (!store.presenting || !store.row) return;
      if (changes.has('reset')) told = '';
      if (['reset', 'rows', 'day', 'detail', 'theme', 'size'].some((what) => changes.has(what))) paint();
    },
  };
}

function figure() {
  const value = h('b'), words = h('span');
  return {
    node: h('div', null, value, words),
    show(amount, digits, unit) {
      const shown = number(amount, digits);
      attr(value, 'class', shown === null ? 'undefined' : null);
      text(value, shown ?? 'not defined');
      text(words, unit);
    },
  };
}

// In a word, where the Gini went over the last ten days.
function course(rows, day) {
  const now = rows[day].gini, then = rows[Math.max(0, day - 10)].gini;
  if (now === null || then === null || Math.abs(now - then) < 0.01) return '';
  return now > then ? ', rising' : ', falling';
}

function story(line) {
  const label = ['betrayal', 'deception'].map((name) => line.labels?.find((one) => one.name === name)).find(Boolean) ?? line.labels?.find((one) => one.said || one.did);
  const kind = line.betrayal ? ['betrayal', 'broken-link', 'betrayal'] : line.deceptive ? ['deceptive', 'mask', 'deceptive'] : [line.chip, chipIcon(line.chip), line.family];
  const who = line.whom ? [h('span', null, line.who), icon('arrow', 16), h('span', null, line.whom)] : [h('span', null, line.who)];
  const own = line.said ? `“${line.text}”` : line.text;
  const parts = [
    label?.said ? ['said', label.said.text] : line.said ? ['said', own] : null,
    line.meant ? ['meant', line.meant] : null,
    label?.did ? ['did', label.did.text] : line.said ? null : ['did', own],
  ].filter(Boolean);
  return [h('div.who', null, who, h(`span.chip.${kind[2]}`, null, icon(kind[1], 17), kind[0])),
    h('dl', null, parts.map(([name, words]) => [h('dt', null, name), h('dd', null, words)]))];
}

function population(store, width, height) {
  const { rows, meta, day } = store;
  const base = height - 26, left = 4, right = width - 44, top = Math.max(...rows.map((row) => row.alive), 1);
  const x = (at) => left + (right - left) * (at / meta.horizon), y = (alive) => base - (base - 16) * (alive / top);
  const line = rows.slice(0, day + 1).map((row, at) => `${at ? 'L' : 'M'}${x(at).toFixed(1)} ${y(row.alive).toFixed(1)}`).join('');
  const label = (words, at, level, anchor, bold) => svg('text', { x: at, y: level, 'text-anchor': anchor, 'font-size': bold ? 17 : 14.5, 'font-weight': bold ? 600 : 400, fill: bold ? 'var(--ink)' : 'var(--ink2)' }, String(words));
  // The starting number stands below the line where it is lowest near the start.
  const under = Math.max(...rows.slice(0, day + 1).filter((_, at) => x(at) < 44).map((row) => y(row.alive)));
  const every = [5, 10, 20, 50, 100, 200, 500].find((one) => meta.horizon / one <= 4) ?? meta.horizon;
  const ticks = Array.from({ length: Math.floor(meta.horizon / every) + 1 }, (_, i) => i * every);
  return svg('svg', { width, height: Math.max(0, height), role: 'img', 'aria-label': `Residents alive: ${rows[0].alive} on day 0, ${rows[day].alive} on day ${day}` },
    svg('path', { d: `${line}L${x(day)} ${base}L${x(0)} ${base}Z`, fill: 'var(--area)' }),
    svg('path', { d: line, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2.6, 'stroke-linejoin': 'round' }),
    svg('path', { d: `M${left} ${base + 0.5}H${right}`, stroke: 'var(--line2)' }),
    svg('path', { d: `M${x(day)} 4V${base}`, stroke: 'var(--accent)', 'stroke-width': 2.4 }),
    x(day) > 60 && under + 22 < base && label(rows[0].alive, x(0) + 8, under + 22, 'start', true),
    label(rows[day].alive, x(day) + 9, Math.max(18, y(rows[day].alive) + 6), 'start', true),
    ticks.map((at) => label(at ? at : 'day 0', x(at), height - 6, at ? 'middle' : 'start', false)));
}
