// What a resident that is asked in words had in mind, remembers, was asked and answered. All of it is text of others:
// it is put into the page as text, never as markup.

import { h, number } from './dom.js';

const SOURCE = { cache: 'from an earlier run', person: 'from the screen' };

// Plan of the day, for the first tab.
export function plan(mind) {
  return mind?.plan && h('section', null, h('h2', null, 'Plan of the day'), h('p.own-words', null, mind.plan));
}

// Entries of memory, newest first; `place` makes a day a way to it.
export function notes(mind, place) {
  return mind?.notes.length > 0 && h('section', null, h('h2', null, 'In its own words'), h('ul.facts.memory', null,
    mind.notes.map(({ day, text }) => h('li', null, h('span.fact-sign', null, place(`day ${day}`, day)), h('span', null, text)))));
}

// Every question of the day with the exact prompt and answer; `open`: titles of what is folded out.
export function questions(mind, open) {
  return h('section.asked', null, h('h2', null, mind.title), mind.asked.map((asked, k) => fold(`${k}`, open,
    [asked.title, h('span.sub', null, facts(asked))],
    asked.prompt.map(([name, text], n) => fold(`${k}.${n}`, open, [name], [h('pre', null, text)])),
    fold(`${k}.answer`, open, ['ANSWER'], [asked.answer === null ? h('p.sub', null, 'None came.') : h('pre', null, asked.answer)]),
    asked.why && h('p.sub', null, asked.why))));
}

function facts({ by, went, source, tokens, seconds }) {
  const [prompt, cached, completion] = tokens;
  const used = prompt + completion > 0 && `${number(prompt, 0)} tokens asked (${number(cached, 0)} cached), ${number(completion, 0)} answered`;
  return [by, went, SOURCE[source], used, seconds > 0 && `${number(seconds, 1)} s`].filter(Boolean).join(' · ');
}

function fold(key, open, title, ...body) {
  return h('details', {
    open: open.has(key), 'data-fold': key,
    ontoggle: (event) => { if (event.target === event.currentTarget) event.target.open ? open.add(key) : open.delete(key); },
  }, h('summary', null, title), ...body);
}
