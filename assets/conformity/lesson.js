// Three steps to a surprise, each with a prediction asked first. Everything else works without them.

import { attr, clear, h, show } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';

export function create(host, store) {
  const box = h('section.lesson', { 'aria-label': 'Three steps' });
  host.append(box);
  show(host, false);

  function draw() {
    const { lesson } = store;
    show(host, !!lesson);
    if (!lesson) return;
    const close = h('button.btn.quiet.small', { type: 'button', onclick: () => store.ask({ type: 'lesson', what: 'close' }) }, lesson.again ? 'Close' : 'Skip the steps');
    clear(box).append(
      h('ol.lesson-steps', { 'aria-label': 'Steps' }, lesson.steps.map((name, k) => h(`li${k < lesson.step ? '.done' : ''}`, { 'aria-current': k === lesson.step ? 'step' : null },
        k < lesson.step ? icon('check', 13) : h('b', null, k + 1), name))),
      h('div.lesson-words', null,
        lesson.verdict && h('p.lesson-verdict', { role: 'status' }, lesson.verdict),
        lesson.text && h('p', null, lesson.text),
        lesson.waiting && h('p', { role: 'status' }, lesson.waiting),
        lesson.question && h('p.lesson-question', null, lesson.question)),
      h('div.lesson-answers', { role: 'group', 'aria-label': 'Your prediction' },
        lesson.answers.map((answer, k) => h('button.btn', { type: 'button', onclick: () => store.ask({ type: 'lesson', what: 'answer', key: k + 1 }) }, answer)),
        lesson.again && h('button.btn', { type: 'button', onclick: () => store.ask({ type: 'lesson', what: 'again' }) }, 'Once more'),
        close));
    attr(box, 'data-step', lesson.step);
  }

  return { update(changes) { if (changes.has('lesson')) draw(); } };
}
