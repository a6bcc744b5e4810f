// The line to Python: one question at a time, asked again when no answer came.

const PATIENCE = 5000;                  // ms before a question counts as lost
const BREATH = 120;                     // ms the line is kept free after news that nobody answers

// What counts as the answer to each kind of question. The kinds not named here are news: nobody waits for an answer.
const ANSWERED = {
  step: (ask, store) => store.frontier >= ask.until || store.finished || store.notice?.kind === 'error',
  detail: (ask, store) => store.details.has(ask.day) || ask.day > store.frontier,
  card: (ask, store) => ask.id === null || store.card?.id === ask.id && store.card.day === ask.day,
  new: () => true,
  bet: () => true,
  branch: () => true,
  verdict: (ask, store) => store.verdicts.heard(ask.said),
  pause: (ask, store) => !store.asking?.busy,
  seat: () => true,
  edge: () => true,
  resync: () => true,
};
const ORDER = ['pause', 'seat', 'bet', 'new', 'branch', 'resync', 'step', 'card', 'verdict', 'detail', 'filter', 'present', 'day', 'edge'];

export function createLine(trigger, onLost) {
  const waiting = new Map();            // kind -> newest question of that kind not yet sent
  let current = null, timer = 0, n = 0;

  function send(what) {
    if (what.type === current?.type && JSON.stringify(what) === current.words) return;
    waiting.set(what.type, { ...what });
    if (current && !ANSWERED[current.type] && ANSWERED[what.type]) done(); else next();      // news gives way
  }

  function next() {
    if (current) return;
    const kind = ORDER.find((type) => waiting.has(type));
    if (!kind) return;
    const what = waiting.get(kind);
    waiting.delete(kind);
    // A number no other page or earlier mount has used, so that a question asked twice is known to be the same.
    n = Math.max(n + 1, Date.now());
    current = { ...what, words: JSON.stringify(what), n, tries: 0 };
    put();
  }

  function put() {
    const { words, tries, ...value } = current;
    current.tries = tries + 1;
    trigger(value);
    wait();
  }

  function wait() {
    clearTimeout(timer);
    timer = ANSWERED[current.type]
      ? setTimeout(() => { onLost(current.tries); put(); }, PATIENCE)
      : setTimeout(done, BREATH);
  }

  function done() {
    clearTimeout(timer);
    current = null;
    next();
  }

  return {
    send,
    // Past the questions that wait: whoever is being waited for is to go on.
    look() { n = Math.max(n + 1, Date.now()); trigger({ type: 'look', n }); },
    answered(store) {
      onLost(0);
      if (!current) return;
      // Any message is a sign of life. Asked twice and still not answered: Python has heard it and will not do it.
      if (ANSWERED[current.type]?.(current, store) || current.tries > 1) done(); else wait();
    },
    waitsFor: (kind) => current?.type === kind || waiting.has(kind),
    forget(kind) { waiting.delete(kind); if (current?.type === kind) done(); },
    // Another run: questions about the old one have lost their meaning.
    reset() { waiting.clear(); current = null; clearTimeout(timer); },
    close() { clearTimeout(timer); waiting.clear(); },
  };
}
