// The one sentence that says what happened up to the chosen day, and whose run it is.

import { h, text, attr, show } from './dom.js';
import { lineage } from './branch.js';
import { FONT } from './theme.js';

const SIZE = 21, LEAST = 15, TWO_LINES = 17, GAP = 16; // px

export function create(host, store) {
  const title = h('h1'), head = h('div.head');
  const whose = h('span.whose');
  const verdict = h('p.verdict');
  const spoken = h('div.hidden', { 'aria-live': 'polite' });
  head.append(title, whose);
  host.append(head, verdict, spoken);
  const origin = lineage(host, store);

  const brush = document.createElement('canvas').getContext('2d');
  let width = 0;

  // A long headline is set smaller, then in two lines, never cut. Widths are measured off the page, which costs no layout.
  function fit() {
    if (!width || !store.row) return;
    brush.font = `400 12px ${FONT}`;
    const beside = store.layout === 'narrow' ? 0 : brush.measureText(store.meta.provenance).width + GAP;
    brush.font = `600 ${SIZE}px ${FONT}`;
    const size = Math.min(SIZE, SIZE * (width - beside - 4) / brush.measureText(store.row.headline).width);
    attr(head, 'data-long', size < LEAST);
    title.style.setProperty('--fit', `${size < LEAST ? TWO_LINES : Math.floor(size * 2) / 2}px`);
  }

  const watch = new ResizeObserver(([entry]) => { width = entry.contentRect.width; fit(); });
  watch.observe(host);
  document.fonts?.ready.then(fit);

  return {
    update(changes) {
      origin.update(changes);
      if (!['reset', 'rows', 'day', 'bet'].some((what) => changes.has(what)) || !store.row) return;
      text(title, store.row.headline); attr(title, 'title', store.row.headline);
      fit();
      text(whose, store.meta.provenance);
      attr(host, 'data-day', store.day);
      const words = betWords(store);
      show(verdict, !!words);
      if (words) text(verdict, words);
      if (!store.playing) text(spoken, `Day ${store.day} of ${store.meta.horizon}. ${store.row.titles.transcript ?? ''}`);
    },
  };
}

// The reader's own answer, quoted while its run goes on, and judged at its end.
function betWords({ bet, atEnd }) {
  if (!bet || bet.given === null) return null;
  const answer = bet.answers.find(({ key }) => key === bet.given);
  return (atEnd && bet.verdict) || (answer ? `You bet: “${answer.title}”, ${answer.range}.` : null);
}
