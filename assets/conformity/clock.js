// Play: asks for the next sweeps when the last are painted and the time is due; one question at a time.

import { reducedMotion } from '../cockpit/dom.js';

const FRAMES = 12;                      // questions a second at most: faster play asks for several sweeps at once
const QUIET = 1;                        // for who asked for no motion
const MOST = 50;                        // sweeps one question may ask for

export function createClock(store) {
  let timer = 0, last = 0;

  const beat = () => 1000 / Math.min(store.speed, reducedMotion() ? QUIET : FRAMES);

  function plan() {
    clearTimeout(timer);
    if (!store.playing) { last = 0; return; }
    const now = performance.now();
    if (!last) last = now - beat();
    timer = setTimeout(tick, Math.max(0, last + beat() - now));
  }

  function tick() {
    if (!store.playing || store.waiting) return;             // planned again when the answer is painted
    const now = performance.now(), due = Math.max(1, Math.min(MOST, Math.round((now - last) / 1000 * store.speed)));
    last = now;
    store.step(due);
  }

  return {
    update(changes) {
      if (!store.playing) { clearTimeout(timer); last = 0; return; }
      if (changes.has('play') || changes.has('heard')) requestAnimationFrame(() => requestAnimationFrame(plan));
    },
    close() { clearTimeout(timer); },
  };
}
