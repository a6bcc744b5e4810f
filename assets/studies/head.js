// Above everything: what the study says, what it is, how far it is, and what can be done with it while it runs.

import { attr, clear, h, show, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';

const SIGNS = { waiting: 'clock', running: 'play', paused: 'pause', done: 'check', cancelled: 'x', failed: 'warn' };
const DEEDS = { pause: ['pause', 'Pause'], resume: ['play', 'Resume'], cancel: ['x', 'Cancel'] };

export function create(host, store) {
  const title = h('h1'), question = h('p.question'), design = h('p.sub.design');
  const sign = h('span.sign', null, icon('warn', 16)), words = h('span.words', { role: 'alert' });
  const notice = h('div.notice', { hidden: true, 'data-kind': 'error' }, sign, words);
  const pill = h('span.state', { role: 'status' }), bar = h('div.progress', { role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 }, h('i'));
  const far = h('span.far'), left = h('span.sub.left'), why = h('p.why'), deeds = h('span.deeds');
  const strip = h('div.run', { role: 'group', 'aria-label': 'Study' }, pill, bar, far, left, deeds);
  host.append(title, question, design, notice, strip, why);

  function paint() {
    const { study } = store;
    text(title, study.headline); attr(title, 'title', study.headline);
    text(design, study.design);
    text(question, study.question); show(question, !!study.question);
    if (pill.dataset.state !== study.state) { pill.dataset.state = study.state; clear(pill).append(icon(SIGNS[study.state] ?? 'info', 15), study.says); }
    const share = study.share ?? 0;
    attr(bar, 'aria-label', study.of); attr(bar, 'aria-valuenow', Math.floor(share * 100)); bar.firstChild.style.width = `${share * 100}%`;
    show(bar, study.share !== null);
    text(far, study.far); text(left, study.left); attr(left, 'title', study.left); text(why, study.reason); show(why, !!study.reason);
    const key = study.can.join();
    if (deeds.dataset.key !== key) {
      deeds.dataset.key = key;
      clear(deeds).append(...study.can.map((what) => h('button.btn', { type: 'button', onclick: () => store.ask({ type: what }) }, icon(DEEDS[what][0], 15), DEEDS[what][1])));
    }
    for (const button of deeds.children) button.disabled = store.busy;
  }

  return {
    update(changes) {
      if (changes.has('study') || changes.has('busy')) paint();
      if (changes.has('notice')) { show(notice, !!store.notice); text(words, store.notice?.text ?? ''); }
    },
  };
}
