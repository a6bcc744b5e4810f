// The headline: what is so now, in a sentence; whose population it is; what failed; and what is only an illustration.

import { attr, clear, h, show, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';

export function create(host, store) {
  const title = h('h1'), whose = h('span.whose');
  const strip = h('div.notice', { hidden: true, role: 'status' }), example = h('p.illustration', { hidden: true });
  host.append(h('div.head', null, title, whose), example, strip);

  function paintNotice() {
    show(strip, !!store.notice);
    if (!store.notice) return;
    strip.dataset.kind = store.notice.kind;
    clear(strip).append(h('span.sign', null, icon(store.notice.kind === 'error' ? 'warn' : 'info', 16)), h('span.words', null, store.notice.text));
  }

  return {
    update(changes) {
      if (changes.has('state')) { text(title, store.state.headline); attr(title, 'title', store.state.headline); }
      if (changes.has('setting')) text(whose, store.setting.provenance);
      if (changes.has('notice')) paintNotice();
      if (changes.has('illustration')) { show(example, !!store.illustration); clear(example).append(icon('info', 14), ' ', store.illustration ?? ''); }
    },
  };
}
