// The run bar: start again, step, play, speed, the sweep, and the theory's word for the state with its reason.

import { attr, clear, h, number, plural, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';

const SPEEDS = [1, 10, 50];
const SIGNS = { aligned: 'check', misaligned: 'warn', tipping: 'collapsing', undecided: 'strained', outside: 'info' };

export function create(host, store) {
  const key = (name) => h('kbd', { 'aria-hidden': 'true' }, name);
  const first = h('button.btn.square', { type: 'button', 'aria-label': 'Start again', title: 'Start again from sweep 0', onclick: () => { store.play(false); store.ask({ type: 'restart' }); } }, icon('first', 16));
  const step = h('button.btn.step', { type: 'button', onclick: () => { store.play(false); store.step(1); } }, icon('step', 16), 'Step', key('→'));
  const sign = h('span.sign', null, icon('play', 16)), label = h('span', null, 'Play');
  const play = h('button.btn.primary.play', { type: 'button', onclick: () => store.play(!store.playing) }, sign, label, key('space'));
  const speeds = SPEEDS.map((speed) => h('button', {
    type: 'button', role: 'radio', 'aria-label': `${plural(speed, 'sweep')} a second`, onclick: () => store.setSpeed(speed), onkeydown: turn,
  }, String(speed)));
  const speed = h('div.segments', { role: 'radiogroup', 'aria-label': 'Speed' }, speeds, h('span.caption', { 'aria-hidden': 'true' }, 'sweeps/s'));
  const day = h('span.day'), pill = h('span.state', { role: 'status' }), why = h('span.since');
  host.append(h('div.run', { role: 'group', 'aria-label': 'Run' }, first, step, play, speed, h('span.rule'), day, h('span.rule'), h('span.how', null, pill, why)));

  function turn(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault(); event.stopPropagation();
    const at = (SPEEDS.indexOf(store.speed) + by + SPEEDS.length) % SPEEDS.length;
    store.setSpeed(SPEEDS[at]); speeds[at].focus();
  }

  function paintPlay() {
    text(label, store.playing ? 'Pause' : 'Play');
    clear(sign).append(icon(store.playing ? 'pause' : 'play', 16));
    speeds.forEach((node, k) => { attr(node, 'aria-checked', SPEEDS[k] === store.speed); attr(node, 'tabindex', SPEEDS[k] === store.speed ? 0 : -1); });
  }

  function paintState() {
    const { state } = store;
    clear(day).append(h('span', null, `Sweep ${number(store.sweep, 0)}`));
    if (pill.textContent !== state.says) {
      pill.dataset.state = state.word;
      clear(pill).append(icon(SIGNS[state.word], 16), state.says);
    }
    text(why, state.reason); attr(why, 'title', state.reason);
    attr(host, 'data-sweep', store.sweep);
  }

  return {
    update(changes) {
      if (changes.has('run') || changes.has('play')) paintPlay();
      if (changes.has('sweep') || changes.has('state')) paintState();
    },
  };
}
