// What has changed in a store, gathered until the end of the task and told to all its views at once.

// `ready()`: whether there is anything to show yet.
export function createChanges(ready) {
  const views = new Set();
  let changed = new Set(), batched = false;

  function flush() {
    batched = false;
    if (!changed.size || !ready()) return;
    const told = changed; changed = new Set();
    for (const view of [...views]) view.update(told);
  }

  return {
    views, flush,
    mark(what) {
      changed.add(what);
      if (!batched) { batched = true; queueMicrotask(flush); }
    },
  };
}
