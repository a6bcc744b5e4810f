// Times and sizes in words.

import { number } from '../cockpit/dom.js';

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

// seconds since 1970, both
export function ago(then, now) {
  const gone = now - then;
  if (gone < MINUTE) return 'just now';
  if (gone < HOUR) return `${Math.floor(gone / MINUTE)} min ago`;
  if (gone < DAY) return `${Math.floor(gone / HOUR)} h ago`;
  if (gone < 7 * DAY) return `${Math.floor(gone / DAY)} d ago`;
  return day.format(then * 1000);
}

export function size(bytes) {
  return bytes < 1e6 ? `${number(Math.max(1, bytes / 1e3), 0)} kB` : `${number(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;
}
