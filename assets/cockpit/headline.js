// The one sentence that says what happened up to the chosen day, and whose run it is.

import { h, text, attr, show } from './dom.js';

export function create(host, store) {
  const title = h('h1');
  const whose = h('span.whose');
  const verdict = h('p.verdict');
  const spoken = h('div.hidden', { 'aria-live': 'polite' });
  host.append(h('div.head', null, title, whose), verdict, spoken);

  return {
    update(changes) {
      if (!['reset', 'rows', 'day', 'bet'].some((what) => changes.has(what)) || !store.row) return;
      text(title, store.row.headline);
      attr(title, 'title', store.row.headline);
      text(whose, store.meta.provenance);
      attr(host, 'data-day', store.day);
      const words = store.atEnd ? store.bet?.verdict : null;
      show(verdict, !!words);
      if (words) text(verdict, words);
      if (!store.playing) text(spoken, `Day ${store.day} of ${store.meta.horizon}. ${store.row.titles.transcript ?? ''}`);
    },
  };
}
