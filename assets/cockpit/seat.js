// On a resident's card: take its place, for a day or for the run.

import { h } from './dom.js';
import { icon } from './icons.js';

export function seat(card, store) {
  if (!card.alive || store.finished || card.day !== store.frontier) return null;
  const take = (days) => () => { store.ask({ type: 'seat', id: card.id, days }); store.openCard(null); };
  return h('span.seat', null, h('span.sub', null, icon('talk', 13), ' Take its place: '),
    h('button.link', { type: 'button', 'data-focus': 'seat-day', onclick: take(1), title: `Tomorrow you decide for ${card.name}` }, 'for a day'), ' · ',
    h('button.link', { type: 'button', 'data-focus': 'seat-run', onclick: take(store.meta.horizon), title: `From tomorrow on you decide for ${card.name}` }, 'for the run'));
}
