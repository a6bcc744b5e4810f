// What went wrong or needs saying, in place above the run bar: what happened, what holds, what to do.

import { h, text, show, clear } from './dom.js';
import { icon } from './icons.js';

const ICON = { error: 'warn', info: 'info', stale: 'clock', lost: 'clock', failing: 'warn' };

export function create(host, store) {
  const sign = h('span.sign');
  const words = h('span.words', { role: 'status' });
  const again = h('button.btn.small', { type: 'button', onclick: () => store.ask({ type: 'new' }) }, icon('plus'), 'New run');
  const strip = h('div.notice', { hidden: true }, sign, words, again);
  host.append(strip);

  function said() {
    if (store.lost) return { kind: 'lost', text: `Connection lost on day ${store.day}. The page shows day ${store.day} and joins again by itself.` };
    return store.notice ?? (store.failing ? { kind: 'failing', text: store.failing } : null);
  }

  return {
    update(changes) {
      if (!['reset', 'notice', 'day'].some((what) => changes.has(what))) return;
      const notice = said();
      show(strip, !!notice);
      if (!notice) { text(words, ''); return; }
      if (strip.dataset.kind !== notice.kind) {
        strip.dataset.kind = notice.kind;
        clear(sign).append(icon(ICON[notice.kind] ?? 'info', 16));
      }
      text(words, notice.text);
      show(again, notice.kind === 'stale');
    },
  };
}
