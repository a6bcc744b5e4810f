// One line of the transcript: who to whom, chips, the sentence, and what was said, meant and done.

import { attr, h } from './dom.js';
import { chipIcon, icon } from './icons.js';

const LABELS = {                        // word on the chip, icon; the first two stand in for the kind
  betrayal: ['betrayal', 'broken-link'], deception: ['deceptive', 'mask'], 'power-seeking': ['power-seeking', 'bolt'],
  sycophancy: ['sycophancy', 'star'], manipulation: ['manipulation', 'mask'], retaliation: ['retaliation', 'swap'],
  cooperation: ['cooperation', 'ally'],
};
const GRAVE = new Set(['betrayal', 'deception']);
const DARK = new Set(['deception', 'power-seeking', 'sycophancy', 'manipulation', 'retaliation']);

export function labelWord(name) { return LABELS[name]?.[0] ?? name; }

export function labelNames() { return Object.keys(LABELS); }

// Names of all labels of a line, its two flags included.
export function labelsOf(line) {
  const names = new Set(line.labels?.map((label) => label.name));
  if (line.betrayal) names.add('betrayal');
  if (line.deceptive) names.add('deception');
  return names;
}

export function opens(line) {
  return !!line.meant || !!line.judged || evidenceOf(line).length > 0;
}

function evidenceOf(line) { return (line.labels ?? []).filter((label) => label.said || label.did || label.proof); }

// Sentence as shown: words in typographic quotes (once), events bare.
export function sentence(line) {
  return line.said && !/^[“"]/.test(line.text) ? `“${line.text}”` : line.text;
}

export function chip(words, sign, tone, more = '') {
  return h(`span.chip.${tone}${more}`, null, icon(sign, 12), words);
}

// actions: {open(), card(id), jump({day, i}), verdicts}; `withDay` adds the day after the names (outside the transcript).
export function entry(line, actions, { open = false, withDay = false } = {}) {
  const labels = labelsOf(line);
  const grave = ['betrayal', 'deception'].filter((name) => labels.has(name) && (name === 'betrayal' || line.said));
  const chips = [];
  if (!grave.length) chips.push(chip(line.chip, chipIcon(line.chip), line.family));
  // A gift that is marked as cooperation says nothing new: the kind already does.
  for (const name of labels) {
    if (grave.includes(name) || name === 'cooperation' && line.family === 'help') continue;
    const word = name === 'deception' ? 'deceived' : labelWord(name);      // an act that shows an earlier lie is none itself
    chips.push(chip(word, LABELS[name]?.[1] ?? 'flag', DARK.has(name) ? 'hostile' : 'help'));
  }
  for (const name of grave) chips.push(chip(LABELS[name][0], LABELS[name][1], 'hostile', name === 'deception' ? '.grave.dashed' : '.grave'));
  if (opens(line) && actions.open) {
    const last = chips.pop();
    chips.push(h('button.chip-button', {
      type: 'button', 'aria-expanded': String(open), title: open ? 'Close' : 'What was said, meant and done', onclick: actions.open,
    }, last));
  }
  const tone = labels.has('betrayal') ? '.betrayal' : grave.includes('deception') ? '.deceptive' : line.death ? '.death' : '';
  return h(`article.entry${tone}`, { tabindex: -1, 'data-line': `${line.day}:${line.i}` },
    h('div.who', null, h('span.names', null, person(line.from, line.who, actions),
      line.whom && [icon('arrow', 11), h('span.to', null, ' to '), person(line.to, line.whom, actions)],
      withDay && h('span.when', null, `day ${line.day}`)), h('span.chips', null, chips)),
    h('p.words', null, sentence(line)),
    open && opens(line) && rows(line, labels, actions));
}

function person(id, name, actions) {
  if (!(id >= 0) || !actions.card) return h('b', null, name);
  return h('button.person', { type: 'button', title: `Open ${name}’s card`, onclick: () => actions.card(id) }, name);
}

// said / meant / did, each with the place it comes from.
function rows(line, labels, actions) {
  const place = (words, at) => h('button.place', { type: 'button', onclick: () => actions.jump(at) }, words);
  const list = h('dl.smd');
  const put = (name, words, link) => list.append(h('dt', null, name), h('dd', null, words, ' ', link));
  const known = evidenceOf(line);
  const first = known.find((label) => GRAVE.has(label.name)) ?? known[0];
  if (first?.said) put('said', first.said.text, place(`day ${first.said.day}`, first.said));
  if (line.meant) put('meant', line.meant, place(`plan, day ${line.day}`, line));
  if (first?.did) put('did', first.did.text, place(`day ${first.did.day}`, first.did));
  const seen = new Set();
  for (const label of known) {
    if (!label.proof || seen.has(label.proof)) continue;
    seen.add(label.proof);
    put('proof', label.proof, known.length > 1 ? h('span.sub', null, labelWord(label.name)) : null);
  }
  for (const [name, judge, why] of line.judged ?? []) put('judge', `${labelWord(name)}: ${why}`, h('span.sub', null, judge));
  const questioned = actions.verdicts ? [...asked(line)] : [];
  if (questioned.length) {
    list.append(h('dt', null, 'you'), h('dd.says', null, questioned.map(([name, at]) => says(name, at, actions.verdicts))));
  }
  return list;
}

// Labels of a line, of detectors and judges, each with the line that shows it: once, whoever gave it.
function* asked(line) {
  const told = new Set();
  const all = [...(line.labels ?? []).map((label) => [label.name, label.at ?? line]), ...(line.judged ?? []).map(([name]) => [name, line])];
  for (const [name, at] of all) {
    const key = `${name} ${at.day}:${at.i}`;
    if (told.has(key)) continue;
    told.add(key);
    yield [name, at];
  }
}

// Is a label right? Two buttons, of which one can be pressed; pressed again, it is let go.
function says(name, at, verdicts) {
  const word = labelWord(name);
  const buttons = [['right', 'Right', 'check'], ['wrong', 'Wrong', 'x']].map(([said, words, sign]) => h('button.say', {
    type: 'button', 'data-said': said, 'aria-label': `${words}: the label ${word}, day ${at.day}`,
    onclick: () => { verdicts.say(at, name, verdicts.of(at, name) === said ? null : said); show(); },
  }, icon(sign, 11), words));
  const show = () => {
    const now = verdicts.of(at, name);
    for (const button of buttons) attr(button, 'aria-pressed', String(button.dataset.said === now));
  };
  show();
  return h('span.say-of', { role: 'group', 'aria-label': `Your word on the label ${word}` }, h('span', null, `${word}:`), buttons);
}
