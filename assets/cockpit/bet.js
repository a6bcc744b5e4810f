// The bet: one question, three answers, and the way round it. Its verdict is told under the headline once its run has ended.

import { attr, clear, h, show, svg } from './dom.js';
import { icon } from './icons.js';
import { entry } from './entry.js';

const WIDE = 150, HIGH = 62, BASE = 58;

export function create(host, store) {
  const actions = { card: (id) => store.openCard(id), jump: (at) => store.jump(at) };

  function draw() {
    const { question, note, answers, quotes } = store.bet;
    clear(host).append(h('section.bet', { 'aria-labelledby': 'bet-question' },
      h('div.bet-mark', null, 'Your bet'),
      h('h2', { id: 'bet-question' }, question), h('p.bet-note', null, note),
      h('div.answers', null, answers.map((answer) => h('button.answer', {
        type: 'button', 'aria-keyshortcuts': String(answer.key), onclick: () => store.answer(answer.key),
      }, shape(answer.shape), h('strong', null, answer.title), h('span.answer-range', null, answer.range),
        h('kbd', { 'aria-hidden': 'true' }, answer.key)))),
      h('p.sub', null, `Dotted: the ${store.meta.start} it starts with. Choosing starts the run; nothing is kept about you.`),
      h('hr'),
      h('div.look-first', null, 'Or look first:', h('button.btn', { type: 'button', onclick: () => store.goto(0) }, icon('step'), 'Step through this run')),
      quotes.length > 0 && h('div.quotes', null, h('h3', null, 'What they said along the way'),
        h('div.quote-grid', null, quotes.map((line) => entry(line, actions, { withDay: true }))))));
  }

  return {
    update(changes) {
      if (!['reset', 'bet', 'rows', 'day', 'theme'].some((what) => changes.has(what))) return;
      attr(host, 'data-day', store.day);
      const asked = store.betting;
      if (host.hidden !== asked && !changes.has('bet') && !changes.has('reset')) return;
      show(host, asked);
      if (asked) draw(); else clear(host);
    },
  };
}

// The course of an answer from 0 to 1, with the dotted height it starts at.
function shape(points) {
  const x = (k) => 2 + k / Math.max(1, points.length - 1) * (WIDE - 12), y = (value) => BASE - 4 - value * (BASE - 10);
  const last = points.length - 1;
  return svg('svg.answer-shape', { viewBox: `0 0 ${WIDE} ${HIGH}`, 'aria-hidden': 'true' },
    svg('path.start', { d: `M2 ${y(points[0])}H${WIDE}` }), svg('path.ground', { d: `M2 ${BASE}H${WIDE}` }),
    svg('path.course', { d: points.map((value, k) => `${k ? 'L' : 'M'}${x(k)} ${y(value)}`).join('') }),
    svg('circle.course-end', { cx: x(last), cy: y(points[last]), r: 4 }));
}
