// What the page is asked while it is measured. Put into the page before its own scripts run.
(() => {
  if (window.probe) return;

  // The cockpit, through open shadow roots; looked up again when it has been replaced.
  let found = null;
  function cockpit() {
    if (found?.isConnected) return found;
    const search = (root) => {
      const hit = root.querySelector('.cockpit');
      if (hit) return hit;
      for (const node of root.querySelectorAll('*')) {
        const below = node.shadowRoot && search(node.shadowRoot);
        if (below) return below;
      }
      return null;
    };
    return (found = search(document));
  }

  function days() {
    const views = cockpit()?.querySelectorAll('[data-day]') ?? [];
    return [...views].filter((view) => view.offsetParent !== null).map((view) => Number(view.dataset.day));
  }

  function shown() {
    const all = days();
    return all.length && all.every((day) => day === all[0]) ? all[0] : null;
  }

  // Time from the next press of the mouse or a key until every view shows a later day, plus one frame: ms.
  function arm() {
    const before = shown();
    const state = (window.probe.step = { took: null });
    let start = null;
    const pressed = (event) => { start ??= event.timeStamp; };
    for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, pressed, { capture: true, once: true });
    const look = () => {
      const now = start === null ? null : shown();
      if (now !== null && now > before) requestAnimationFrame(() => { state.took = performance.now() - start; });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  // While it plays: days shown, greyed frames, replaced views, shifts of the layout, long tasks.
  function record() {
    const state = (window.probe.play = { from: shown(), to: null, frames: 0, stale: 0, remounts: 0, shifts: 0, long: 0, start: performance.now() });
    const observers = [];
    const observe = (type, act) => {
      const observer = new PerformanceObserver((list) => list.getEntries().forEach(act));
      observer.observe({ type });
      observers.push(observer);
    };
    observe('layout-shift', (entry) => { if (!entry.hadRecentInput) state.shifts += entry.value; });
    observe('longtask', (entry) => { state.long += entry.duration; });
    const root = cockpit();
    const watched = new MutationObserver((changes) => changes.forEach((change) => change.removedNodes.forEach((node) => {
      if (node.nodeType === 1 && (node.matches('canvas, .cockpit, [data-day]') || node.querySelector('canvas, .cockpit, [data-day]'))) state.remounts += 1;
    })));
    for (const top of [document.body, root]) watched.observe(top, { childList: true, subtree: true });
    let on = true;
    const frame = () => {
      if (!on) return;
      state.frames += 1;
      const grey = (node) => node.clientHeight > 0 && Number(getComputedStyle(node).opacity) < 0.99;
      if ([...document.querySelectorAll('[data-stale="true"]')].some(grey)) state.stale += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.probe.stop = () => {
      on = false;
      watched.disconnect();
      for (const observer of observers) observer.disconnect();
      const { start, ...rest } = state;
      return { ...rest, to: Math.max(...days()), seconds: (performance.now() - start) / 1000 };
    };
  }

  window.probe = { days, shown, arm, record, step: null, play: null };
})();
