// The signs of what happened on a day: births, deaths, betrayals, attacks, merger votes, interventions.

import { drawIcon } from './icons.js';
import { FONT } from './theme.js';

const SLOT = 9;                         // px a mark needs; narrower days share one slot
const WIDE = 30;                        // px a mark with its number needs

export const KINDS = [
  { key: 'births', lane: 'life', one: 'birth', draw: drawBirth },
  { key: 'deaths', lane: 'life', one: 'death', draw: drawDeath },
  { key: 'betrayals', lane: 'harm', one: 'betrayal', draw: drawBetrayal },
  { key: 'attacks', lane: 'harm', one: 'attack', draw: drawAttack },
  { key: 'mergers', lane: 'harm', one: 'merger vote', draw: drawMerger, stack: 1 },
  { key: 'interventions', lane: 'acts', one: 'intervention', draw: drawFlag, stack: 1 },
];

// rows: all days; x: day -> px; dayWidth: px; lanes: {life, harm, acts}, the heights in px; end: px no mark goes beyond.
// One slot a day, or one for several days where a day is narrower than a mark. Up to three marks stack (merger votes and flags never), then a number;
// where most slots would be numbers they are wide enough for them.
export function drawMarks(brush, colour, rows, x, dayWidth, lanes, end) {
  for (const lane of ['life', 'harm', 'acts']) {
    const kinds = KINDS.filter((kind) => kind.lane === lane);
    let slots = slotsOf(rows, kinds, Math.max(1, Math.ceil(SLOT / dayWidth)));
    const many = slots.filter(({ here }) => here.some(numbered)).length;
    const most = Math.max(...slots.map(({ here }) => here.length));
    if (many > slots.length / 4) slots = slotsOf(rows, kinds, Math.max(1, Math.ceil((WIDE * most) / dayWidth)));
    for (const { from, days, room, here } of slots) {
      const middle = x(from + ((here.some(numbered) ? room : days) - 1) / 2), each = Math.max(...here.map((sign) => (numbered(sign) ? 12 + 6 * String(sign.count).length : SLOT)));
      const apart = Math.min(each, (room * dayWidth) / here.length);
      const half = ((here.length - 1) / 2) * apart, centre = Math.min(middle, end - half - each / 2);
      here.forEach(({ kind, count }, i) => drawStack(brush, colour, kind, centre - half + i * apart, lanes[lane], count));
    }
  }
}

// What happened in each run of `per` days: [{from, days, room (days of a full run), here: [{kind, count}]}], empty runs left out.
function slotsOf(rows, kinds, per) {
  const slots = [];
  for (let from = 1; from < rows.length; from += per) {
    const part = rows.slice(from, from + per);
    const here = kinds.map((kind) => ({ kind, count: part.reduce((sum, row) => sum + countOf(row, kind.key), 0) })).filter(({ count }) => count > 0);
    if (here.length) slots.push({ from, days: part.length, room: per, here });
  }
  return slots;
}

export function countOf(row, key) { return key === 'interventions' ? row.interventions.length : row[key]; }

// Signs that would not be told apart one over the other are counted sooner.
function numbered({ kind, count }) { return count > (kind.stack ?? 3); }

function drawStack(brush, colour, kind, x, y, count) {
  if (numbered({ kind, count })) {
    const words = count > 999 ? `${Math.round(count / 1000)}k` : String(count);
    brush.font = `500 10px ${FONT}`; brush.textAlign = 'left'; brush.textBaseline = 'middle'; brush.fillStyle = colour.ink;
    const wide = brush.measureText(words).width + 9;
    kind.draw(brush, colour, x - wide / 2 + 3, y);
    brush.fillStyle = colour.ink; brush.fillText(words, x - wide / 2 + 9, y + 0.5);
    brush.textBaseline = 'alphabetic';
    return;
  }
  for (let i = 0; i < count; i++) kind.draw(brush, colour, x, y + (i - (count - 1) / 2) * 3.6);
}

function drawBirth(brush, colour, x, y) {
  brush.beginPath(); brush.arc(x, y, 3.2, 0, 7);
  brush.fillStyle = colour.bg; brush.fill(); brush.strokeStyle = colour['help-ink']; brush.lineWidth = 1.8; brush.stroke();
}
function drawDeath(brush, colour, x, y) {
  brush.strokeStyle = colour.ink; brush.lineWidth = 1.5; brush.beginPath();
  brush.moveTo(x - 2.4, y - 2.4); brush.lineTo(x + 2.4, y + 2.4); brush.moveTo(x + 2.4, y - 2.4); brush.lineTo(x - 2.4, y + 2.4); brush.stroke();
}
function diamond(brush, x, y, r) { brush.beginPath(); brush.moveTo(x, y - r); brush.lineTo(x + r, y); brush.lineTo(x, y + r); brush.lineTo(x - r, y); brush.closePath(); }
function drawBetrayal(brush, colour, x, y) {
  diamond(brush, x, y, 4.6); brush.fillStyle = colour.hostile; brush.fill();
  brush.strokeStyle = colour.bg; brush.lineWidth = 0.8; brush.stroke();
}
function drawAttack(brush, colour, x, y) {
  diamond(brush, x, y, 4); brush.fillStyle = colour.bg; brush.fill(); brush.strokeStyle = colour.hostile; brush.lineWidth = 1.5; brush.stroke();
}
function drawMerger(brush, colour, x, y) { drawIcon(brush, 'swap', x, y, 12, colour['deal-ink']); }
function drawFlag(brush, colour, x, y) { drawIcon(brush, 'flag', x + 2, y, 12, colour.accent); }
