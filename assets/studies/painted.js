// A figure's colours. Python names them as the theme does, "@accent" or "@accent/0.13"; here they get their values.

import { clearer } from '../cockpit/scale.js';

const NAMED = /^@([\w-]+)(?:\/([\d.]+))?$/;

// The same value with colours in the place of their names; colour: {name: "#rrggbb"}.
export function painted(value, colour) {
  if (Array.isArray(value)) return value.map((one) => painted(one, colour));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, painted(one, colour)]));
  const named = typeof value === 'string' && NAMED.exec(value);
  if (!named || !colour[named[1]]) return value;
  return named[2] ? clearer(colour[named[1]], Number(named[2])) : colour[named[1]];
}
