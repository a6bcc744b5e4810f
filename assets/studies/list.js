// The studies kept on this server, at the side: pick one, see how far each is, delete it. Titles may come from
// strangers: they are put in the page as text nodes alone.

import { clear, h } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';
import { viewer } from '../cockpit/instances.js';
import { readTheme } from '../cockpit/theme.js';

const SIGNS = { waiting: 'clock', running: 'play', paused: 'pause', done: 'check', cancelled: 'x', failed: 'warn', damaged: 'warn' };
const PAUSE = 3000, REST = 20000;       // ms between two looks while a study runs, and while none does

// data: {picked, live, rows: [{id, title, state, says, share}]}
export const view = viewer((component) => {
  const root = component.parentElement.querySelector('.studies-list');
  const store = { theme: null };
  let ask = () => {}, asked = Date.now(), timer = 0, live = false;
  const tell = (question) => ask('ask', { n: ++asked, ...question });
  const look = () => readTheme(root, store);
  root.addEventListener('transitionstart', look);
  document.addEventListener('visibilitychange', wait);
  document.addEventListener('commonweal:study', more);     // the study that is shown says that it stands otherwise

  function more() { tell({ type: 'more' }); }

  function wait() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(more, live ? PAUSE : REST);
  }

  function row({ id, title, state, says, share }, picked) {
    return h('li', { 'data-state': state, 'data-id': id },
      h('button.pick', { type: 'button', 'aria-current': picked ? 'true' : null, onclick: () => tell({ type: 'pick', id }) },
        h('span.name', null, title), h('span.says', null, icon(SIGNS[state] ?? 'info', 13), says),
        share === null ? null : h('span.share', { 'aria-hidden': 'true' }, h('i', { style: { width: `${share * 100}%` } }))),
      h('button.gone', { type: 'button', 'aria-label': `Delete ${title}`, title: 'Delete', onclick: () => tell({ type: 'delete', id }) }, icon('close', 13)));
  }

  return {
    receive({ data, setTriggerValue }) {
      ask = setTriggerValue;
      look();
      root.hidden = false;
      const focused = root.contains(document.activeElement) ? document.activeElement.closest('li')?.dataset.id : null;
      clear(root).append(h('ul', null, data.rows.map((one) => row(one, one.id === data.picked))));
      if (focused) [...root.querySelectorAll('li')].find((one) => one.dataset.id === focused)?.firstChild.focus();
      live = data.live;
      wait();
    },
    close() { clearTimeout(timer); document.removeEventListener('visibilitychange', wait); document.removeEventListener('commonweal:study', more); root.removeEventListener('transitionstart', look); },
  };
});
