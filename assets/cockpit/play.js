// The clock of Play: asks for the next day when the last one is painted and the time is due.

const MOST = 50;                        // days one question may ask for
const LATE = 5;                         // beats it may fall behind and still keep time

export function createClock(store) {
  let timer = 0, last = 0;

  function plan() {
    clearTimeout(timer);
    if (!store.playing) { last = 0; return; }
    const now = performance.now();
    if (!last) last = now - 1000 / store.speed;              // the first day comes at once
    timer = setTimeout(tick, Math.max(0, last + 1000 / store.speed - now));
  }

  function tick() {
    if (!store.playing) return;
    if (store.atEnd) { store.play(false); return; }
    if (store.waiting) return;                               // planned again when the answer is painted
    const now = performance.now(), beat = 1000 / store.speed;
    const due = store.asking ? 1 : Math.max(1, Math.min(MOST, Math.floor((now - last) / beat + 0.02)));
    last = now - last > LATE * beat ? now : last + due * beat;   // days it is late are caught up in one; after a stop it starts anew
    store.forward(due);
    plan();
  }

  return {
    update(changes) {
      if (changes.has('play') && !store.playing) { clearTimeout(timer); last = 0; return; }
      // Two frames on, what changed is on the screen.
      if (store.playing && (changes.has('play') || changes.has('day'))) requestAnimationFrame(() => requestAnimationFrame(plan));
    },
  };
}
