// What the comparison says in a sentence, which line is which run, and the day shown.

import { attr, clear, h, show, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';
import { letter, sample } from './look.js';

export function create(host, store) {
  const title = h('h1'), same = h('span.whose'), runs = h('ul.runs'), strip = h('div.notice', { hidden: true, 'data-kind': 'error' });
  const words = h('span.words', { role: 'status' });
  const day = h('span.day'), slider = h('input.days-slider', {
    type: 'range', min: 0, step: 1, 'aria-label': 'Day shown', oninput: () => store.goto(Number(slider.value)),
  });
  const back = step(-1, 'left', 'Day before'), on = step(1, 'right', 'Day after');
  const part = h('button.btn.parting', { type: 'button', onclick: () => store.goto(store.meta.parting) });
  const less = h('input', { type: 'checkbox', onchange: () => store.set('difference', less.checked) });
  const lessWords = h('span');
  host.append(h('div.head', null, title, same), strip, runs,
    h('div.run', null, back, on, day, slider, part, h('label.tick', null, less, lessWords)));
  strip.append(h('span.sign', null, icon('warn', 16)), words);

  function step(by, sign, name) {
    return h('button.btn.square', { type: 'button', 'aria-label': name, title: name, onclick: () => store.goto(store.day + by) }, icon(sign, 16));
  }

  return {
    update(changes) {
      const { meta } = store;
      if (changes.has('reset')) {
        text(title, meta.headline); attr(title, 'title', meta.headline);
        text(same, meta.zero ? 'placebo: the same run' : meta.same);
        clear(runs).append(...meta.runs.map((run, k) => h('li', { title: `${run.title}: ${run.provenance}` }, sample(k), letter(k),
          h('span.name', null, run.title), h('span.sub', null, `${run.days} days · seed ${run.seed}`))));
        attr(slider, 'max', store.frontier);
        show(part, meta.parting !== null);
        if (meta.parting !== null) clear(part).append(icon('flag', 14), meta.parting ? `Day ${meta.parting}, where they part` : 'Different from day 0');
        text(lessWords, `Show differences to “${short(meta.runs[0].title)}”`);
      }
      if (changes.has('reset') || changes.has('difference')) less.checked = store.difference;
      if (changes.has('reset') || changes.has('day')) {
        clear(day).append(h('span', null, `Day ${store.day} `, h('small', null, `of ${store.frontier}`)));
        slider.value = store.day;
        attr(slider, 'aria-valuetext', `Day ${store.day} of ${store.frontier}`);
        back.disabled = store.day === 0; on.disabled = store.day === store.frontier;
        attr(host, 'data-day', store.day);
      }
      if (changes.has('reset') || changes.has('notice')) { show(strip, !!store.notice); text(words, store.notice?.text ?? ''); }
    },
  };
}

function short(title) { return title.length > 28 ? `${title.slice(0, 27)}…` : title; }
