// Is that luck? The two runs repeated on other seeds: a button, how far it is, and the paired differences.

import { attr, clear, h, svg, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';
import { LETTERS } from './look.js';

const WIDE = 220, HIGH = 22;            // px of one row of the forest plot

export function create(host, store) {
  const title = h('h2'), words = h('p.sub'), body = h('div.luck-body', { 'aria-live': 'polite' });
  host.append(title, words, body);
  let shown = '';

  function draw() {
    const { luck, meta } = store;
    const [one, other] = luck && luck.state !== 'none' ? luck.pair : store.pair;
    if (luck?.state === 'running') {
      if (shown !== 'running') {
        text(title, 'Is that luck?');
        text(words, `${LETTERS[one]} and ${LETTERS[other]} are lived again on ${luck.seeds} new seeds, the same for both. Leaving the page stops it.`);
        clear(body).append(h('div.luck-row', null,
          h('div.progress', { role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-label': 'Repetitions lived' }, h('i')), h('span.progress-words'),
          h('button.btn', { type: 'button', onclick: () => store.ask({ type: 'stop' }) }, 'Stop')));
      }
      const per = Math.floor(luck.progress * 100), bar = body.querySelector('.progress');
      attr(bar, 'aria-valuenow', per); bar.firstChild.style.width = `${per}%`;
      text(body.querySelector('.progress-words'), `${per} % lived`);
      shown = 'running';
      return;
    }
    shown = luck?.state ?? 'none';
    attr(host, 'data-state', shown);
    const ask = h('button.btn', { type: 'button', onclick: () => store.ask({ type: 'luck' }) }, icon('swap', 15),
      luck ? `Repeat ${LETTERS[store.pair[0]]} and ${LETTERS[store.pair[1]]} again` : 'Is that luck?');
    if (!luck) {
      text(title, `${meta.runs.length === 2 ? 'Two runs are' : 'A few runs are'} one comparison, not a proof`);
      text(words, `Repeat ${LETTERS[store.pair[0]]} and ${LETTERS[store.pair[1]]} on 64 other seeds, the same for both, and see whether the difference stays.`);
      clear(body).append(ask);
      return;
    }
    const stopped = luck.state === 'stopped' ? `Stopped after ${Math.floor(luck.progress * 100)} %. ` : '';
    text(title, luck.answer);
    text(words, `${stopped}${luck.note}.`);
    clear(body).append(forest(luck, LETTERS[one], LETTERS[other]), ask);
  }

  return { update(changes) { if (['reset', 'luck', 'pair'].some((what) => changes.has(what))) draw(); } };
}

// A table that is a forest plot: each difference and its interval around zero, each row to its own measure.
function forest({ rows, pair, seeds }, one, other) {
  return h('div.figures-scroll', null, h('table.forest', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Mean over the seeds'), h('th', { scope: 'col' }, one), h('th', { scope: 'col' }, other),
      h('th.plain', { scope: 'col' }, `lower in ${other} | higher in ${other}`), h('th', { scope: 'col' }, `${other} − ${one}`),
      h('th', { scope: 'col' }, `${rows[0].confidence} interval`), h('th.plain', { scope: 'col' }, 'Seeds'))),
    h('tbody', null, rows.map((row) => h('tr', { title: row.told, 'data-clear': row.clear }, h('th', { scope: 'row' }, row.words),
      row.means.map((mean) => h('td', null, mean)), h('td.plain', null, interval(row)), h('td', null, row.difference), h('td', null, row.interval),
      h('td.plain', null, row.seeds < 1 ? 'not defined in any' : `higher in ${row.higher}, lower in ${row.lower} of ${row.seeds}${row.seeds < seeds ? ' that count' : ''}`))))));
}

function interval({ numbers: [middle, low, high], told, clear: clearly }) {
  const root = svg('svg.interval', { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, role: 'img', 'aria-label': told },
    svg('path', { d: `M${WIDE / 2} 0V${HIGH}`, stroke: 'var(--line2)' }));
  if (middle === null || low === null) return root;
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1, x = (value) => WIDE / 2 + value / reach * (WIDE / 2 - 8);
  const ink = clearly ? 'var(--accent)' : 'var(--ink2)';
  root.append(svg('path', { d: `M${x(low)} 11H${x(high)}M${x(low)} 7v8M${x(high)} 7v8`, stroke: ink, 'stroke-width': 2, fill: 'none' }),
    svg('circle', { cx: x(middle), cy: 11, r: 4, fill: clearly ? ink : 'var(--bg)', stroke: ink, 'stroke-width': 2 }));
  return root;
}
