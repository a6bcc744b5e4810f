// Questions to Python, one at a time, the most urgent kind first; asked again when no answer came. A message names the last one heard.

export function createQueue(trigger, order, patience) {
  const waiting = new Map();            // key -> newest question of that key not yet sent
  let current = null, timer = 0, n = 0;

  // Whether a question went out.
  function next() {
    if (current || !waiting.size) return false;
    const [key, what] = [...waiting].sort((a, b) => order.indexOf(a[1].type) - order.indexOf(b[1].type))[0];
    // A number no other page or earlier mount has used, so that a question asked twice is known to be the same.
    n = Math.max(n + 1, Date.now());
    current = { ...what, n };
    waiting.delete(key);
    put();
    return true;
  }

  function put() {
    trigger(current);
    clearTimeout(timer);
    timer = setTimeout(put, patience);
  }

  return {
    waiting, next,
    get current() { return current; },
    send(what, key = what.type) { waiting.set(key, what); return next(); },
    // Whether that was the answer to the question that is out.
    heard(answered) {
      if (!current || !(answered >= current.n)) return false;
      clearTimeout(timer); current = null;
      return true;
    },
    forget() { waiting.clear(); current = null; clearTimeout(timer); },
    close() { clearTimeout(timer); },
  };
}
