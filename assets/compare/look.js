// How a run looks wherever it is drawn: a letter, a hue and a pattern of dashes, so that hue is never the only sign.

import { h, svg } from '../cockpit/dom.js';

export const LETTERS = 'ABCD';
const INKS = ['ink', 'accent', 'help-ink', 'deal-ink'];
const DASHES = ['solid', '7px,4px', '2px,2.5px', '9px,3px,2px,3px'];

export function ink(colour, run) { return colour[INKS[run]]; }

export function dash(run) { return DASHES[run]; }

export function sample(run) {
  const dashes = DASHES[run] === 'solid' ? null : DASHES[run].replaceAll('px', '');
  return svg('svg.line-sample', { viewBox: '0 0 28 10', width: 28, height: 10, 'aria-hidden': 'true' },
    svg('path', { d: 'M1 5h26', stroke: `var(--${INKS[run]})`, 'stroke-width': 2, 'stroke-dasharray': dashes, fill: 'none' }));
}

export function letter(run) { return h('b.letter', { style: { color: `var(--${INKS[run]})` } }, LETTERS[run]); }
