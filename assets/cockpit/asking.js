// The slim bar under the run bar while residents are asked in words: how far the day is, what it takes, and Pause.
// Where a person sits in a resident's place, the way to the form, which is in a sidebar that may be folded away.

import { h, text, attr, show, number, plural } from './dom.js';
import { icon } from './icons.js';

const OPENING = 400;                    // ms the sidebar takes to open

export function create(host, store) {
  const fill = h('span.fill');
  const track = h('span.track-of-day', { role: 'progressbar', 'aria-label': 'Answers of the day', 'aria-valuemin': 0 }, fill);
  const day = h('span.words'), spent = h('span.spent');
  const pause = h('button.btn.small', { type: 'button', onclick: () => store.pause() }, icon('pause', 13), 'Pause');
  const turn = h('button.btn.small', { type: 'button', onclick: answer }, icon('talk', 13), 'Answer');
  const strip = h('div.asking', { hidden: true }, track, day, h('span.push'), spent, turn, pause);
  host.append(strip);

  return {
    update(changes) {
      if (!['reset', 'asking', 'rows', 'size'].some((what) => changes.has(what))) return;
      const { asking } = store;
      show(strip, !!asking);
      if (!asking) return;
      const part = asking.busy && asking.expected ? asking.done / asking.expected : 0;
      attr(strip, 'data-busy', asking.busy);
      attr(track, 'aria-valuemax', asking.expected); attr(track, 'aria-valuenow', asking.done);
      fill.style.width = `${Math.round(1000 * Math.min(1, part)) / 10}%`;
      text(day, asking.busy ? progress(asking) : rest(asking, store));
      text(spent, cost(asking, store.layout));
      attr(spent, 'title', asking.caps || null);
      show(pause, asking.busy);
      show(turn, asking.person);
    },
  };
}

function answer() {
  document.querySelector('[data-testid=stExpandSidebarButton]')?.click();
  setTimeout(() => document.querySelector('[data-testid=stSidebar] .cw-seen')?.focus(), OPENING);
}

function progress({ day, done, expected, seconds, person }) {
  if (person) return `Day ${day}: it is your turn`;
  const left = seconds === null ? '' : seconds < 1 ? ', nearly there' : `, about ${duration(seconds)} left`;
  return `Day ${day}: ${number(done, 0)} of ${number(expected, 0)} answers${left}`;
}

function rest({ last }, { finished, frontier }) {
  if (finished) return 'All days are lived';
  return last ? `Day ${frontier} took ${duration(last)}` : 'Nobody is being asked just now';
}

function cost({ tokens, money, projected, calls }, layout) {
  if (tokens === null) return '';                          // only a person is asked
  const dollars = money === null ? 'price not known' : money > 0 || projected > 0 ? `$${amount(money)}` : 'free';
  const whole = projected > 0 && layout !== 'narrow' ? `, about $${amount(projected)} in all` : '';
  const asked = layout === 'wide' ? `${plural(calls, 'call')} · ` : '';
  return `${asked}${number(tokens, 0)} tokens · ${dollars}${whole}`;
}

function duration(seconds) {
  if (seconds < 90) return `${number(Math.max(1, seconds), 0)} s`;
  return seconds < 5400 ? `${number(seconds / 60, 0)} min` : `${number(seconds / 3600, 1)} h`;
}

function amount(dollars) { return number(dollars, dollars < 0.1 ? 4 : 2); }
