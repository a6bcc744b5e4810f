// Keys that work anywhere on the page, and the list of them.

import { h } from './dom.js';

const LIST = [
  ['space', 'Play or pause'], ['→', 'Step one day'], ['←', 'Back one day'], ['+', 'Ten days on'],
  ['home', 'Back to day 0'], ['end', 'To the last day lived'], ['1 2 3', 'Answer the bet'],
  ['esc', 'Close what is open'], ['?', 'This list'],
];
const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="combobox"], [role="spinbutton"], [role="listbox"], [role="menu"]';
const PRESSABLE = 'button, a[href], summary, [role="button"], [role="tab"], [role="radio"], [role="checkbox"], [role="switch"]';

export function listenToKeys(root, store) {
  const overlay = h('dialog.keys', { 'aria-label': 'Keys', onclick: (event) => { if (event.target === overlay) overlay.close(); } },
    h('div', null, h('h2', null, 'Keys'),
      h('dl', null, LIST.map(([key, what]) => [h('dt', null, key.split(' ').map((one) => h('kbd', null, one))), h('dd', null, what)])),
      h('button.btn', { type: 'button', onclick: () => overlay.close() }, 'Close', h('kbd', { 'aria-hidden': 'true' }, 'esc'))));
  root.append(overlay);
  root.addEventListener('show-keys', () => overlay.showModal());

  function onKey(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.composedPath()[0];
    if (at instanceof Element && at.closest(TYPING)) return;
    if (overlay.open) { if (event.key === '?') { overlay.close(); event.preventDefault(); } return; }
    if (document.querySelector('[data-testid="stDialog"], [aria-modal="true"]') || !root.isConnected) return;
    const pressing = at instanceof Element && at.closest(PRESSABLE);
    const act = actionOf(event.key, pressing);
    if (!act) return;
    event.preventDefault();
    act();
  }

  function actionOf(key, pressing) {
    if (key === ' ') return pressing ? null : () => toggle(store);
    if (key === 'ArrowRight') return () => { store.play(false); store.forward(1); };
    if (key === 'ArrowLeft') return () => { store.play(false); store.goto(store.day - 1); };
    if (key === '+') return () => store.forward(10);
    if (key === 'Home') return () => { store.play(false); store.goto(0); };
    if (key === 'End') return () => store.goto(store.frontier);
    if (key === '?') return () => overlay.showModal();
    if ('123'.includes(key) && store.betting && store.bet.answers[key - 1]) return () => store.answer(store.bet.answers[key - 1].key);
    if (key === 'Escape' && store.presenting) return () => store.present(false);
    if (key === 'Escape' && store.card) return () => store.openCard(null);
    return null;
  }

  document.addEventListener('keydown', onKey);
  return () => { document.removeEventListener('keydown', onKey); overlay.remove(); };
}

export function toggle(store) {
  if (store.playing) { store.pause(); return; }
  if (store.atEnd) store.goto(0);
  store.play(true);
}
