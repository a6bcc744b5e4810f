// The run bar: step, play, speed, the day, the state of the community, and a new run.

import { h, text, attr, show, clear, plural } from './dom.js';
import { icon } from './icons.js';
import { create as branch } from './branch.js';
import { toggle } from './keys.js';

const SPEEDS = [1, 3, 10];
const STATES = {
  growing: 'Growing', stable: 'Stable', strained: 'Strained', collapsing: 'Collapsing', extinct: 'Extinct', new: 'New',
};

export function create(host, store) {
  const key = (name) => h('kbd', { 'aria-hidden': 'true' }, name);
  const first = h('button.btn.square', { type: 'button', 'aria-label': 'Back to day 0', title: 'Back to day 0', onclick: () => { store.play(false); store.goto(0); } }, icon('first', 16));
  const step = h('button.btn.step', { type: 'button', onclick: () => { store.play(false); store.forward(1); } }, icon('step', 16), 'Step', key('→'));
  const sign = h('span.sign', null, icon('play', 16)), label = h('span', null, 'Play');
  const play = h('button.btn.primary.play', { type: 'button', onclick: () => toggle(store) }, sign, label, key('space'));
  const ten = h('button.btn.ten', { type: 'button', title: 'Ten days on', onclick: () => store.forward(10) }, icon('ten', 16), '+10');
  const speeds = SPEEDS.map((speed) => h('button', {
    type: 'button', role: 'radio', 'aria-label': `${plural(speed, 'day')} a second`, onclick: () => store.setSpeed(speed), onkeydown: turn,
  }, String(speed)));
  const speed = h('div.segments', { role: 'radiogroup', 'aria-label': 'Speed' }, speeds,
    h('span.caption', { 'aria-hidden': 'true' }, h('span.long', null, 'days a second'), h('span.brief', null, 'days/s')));
  const now = h('span.now'), ofAll = h('small');
  const widest = h('span.sizer', { 'aria-hidden': 'true' });
  const day = h('span.day', null, h('span.shown', null, now, ' ', ofAll), widest);
  const pill = h('span.state', null), since = h('span.since');
  const copied = h('span.hidden', { 'aria-live': 'polite' });
  const copyIcon = h('span.sign', null, icon('link', 16));
  const copy = h('button.btn.quiet', { type: 'button', 'aria-label': 'Copy link', title: 'Copy link', onclick: copyLink }, copyIcon, h('span.word', null, 'Copy link'));
  const present = h('button.btn.quiet', { type: 'button', 'aria-label': 'Present', title: 'Present: large type, no sidebar', onclick: () => store.present(true) }, icon('screen', 16), h('span.word', null, 'Present'));
  const branches = h('span');
  const branching = branch(branches, store);
  const keys = h('button.btn.quiet.square.keys-button', { type: 'button', 'aria-label': 'Keys', title: 'Keys (?)', onclick: () => host.dispatchEvent(new Event('show-keys', { bubbles: true })) }, icon('keys', 16));
  const fresh = h('button.btn.fresh', { type: 'button', 'aria-label': 'New run', title: 'New run with the settings of the sidebar', onclick: () => store.ask({ type: 'new' }) }, icon('plus', 16), h('span.word', null, 'New run'));

  host.append(h('div.run', { role: 'group', 'aria-label': 'Run', onmousedown: (event) => event.preventDefault() }, first, step, play, ten, speed,
    h('span.rule'), day, h('span.rule'), h('span.how', null, pill, since),
    h('span.push'), branches, copy, copied, present, keys, fresh));

  function turn(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = (SPEEDS.indexOf(store.speed) + by + SPEEDS.length) % SPEEDS.length;
    store.setSpeed(SPEEDS[at]); speeds[at].focus();
  }

  async function copyLink() {
    const done = await toClipboard(location.href, host);
    clear(copyIcon).append(icon(done ? 'check' : 'warn', 16));
    text(copied, done ? 'Link copied' : 'The browser did not allow copying. The link is in the address bar.');
    copy.title = done ? 'Link copied' : copied.textContent;
    setTimeout(() => { clear(copyIcon).append(icon('link', 16)); text(copied, ''); copy.title = 'Copy link'; }, 2000);
  }

  function paintPlay() {
    const state = store.playing ? 'Pause' : store.atEnd ? 'Play again' : 'Play';
    if (label.textContent !== state) {
      text(label, state);
      clear(sign).append(icon(store.playing ? 'pause' : 'play', 16));
    }
    attr(play, 'data-long', state === 'Play again');
    SPEEDS.forEach((value, i) => {
      attr(speeds[i], 'aria-checked', value === store.speed);
      attr(speeds[i], 'tabindex', value === store.speed ? 0 : -1);
    });
  }

  function paintDay() {
    const { row, meta } = store;
    text(now, `Day ${store.day}`);
    text(ofAll, `of ${meta.horizon}`);
    text(widest, `Day ${meta.horizon} of ${meta.horizon}`);
    attr(day, 'data-day', store.day);
    attr(host, 'data-day', store.day);
    first.disabled = store.day === 0;
    step.disabled = ten.disabled = store.atEnd;
    if (!row) return;
    if (pill.dataset.state !== row.state) {
      pill.dataset.state = row.state;
      clear(pill).append(icon(row.state, 16), STATES[row.state] ?? row.state);
    }
    text(since, store.atEnd ? 'finished' : row.state !== 'new' && row.state_days > 0 ? `for ${plural(row.state_days, 'day')}` : '');
  }

  return {
    update(changes) {
      branching.update(changes);
      if (['reset', 'play', 'day', 'rows'].some((what) => changes.has(what))) { paintPlay(); paintDay(); }
    },
  };
}

// Copies text; the older way serves pages opened over plain http.
async function toClipboard(words, host) {
  if (navigator.clipboard && isSecureContext) {
    try { await navigator.clipboard.writeText(words); return true; } catch { return false; }
  }
  const field = h('textarea.hidden', { 'aria-hidden': 'true', tabindex: -1 });
  field.value = words;
  host.append(field); field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
