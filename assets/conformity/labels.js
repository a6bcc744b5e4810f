// Names beside their points, none on top of another: of eight places round each point the first that is free.

import { textWidth } from '../cockpit/scale.js';

const HIGH = 13;
const PLACES = [[8, 0, 'left'], [-8, 0, 'right'], [0, -12, 'center'], [0, 12, 'center'], [8, -11, 'left'], [8, 11, 'left'], [-8, -11, 'right'], [-8, 11, 'right'], [8, 22, 'left'], [-8, 22, 'right'], [8, -22, 'left'], [-8, -22, 'right']];

// points: [[x, y]]; avoid: [x, y] of a mark that must stay free. Gives {x, y, align} for each name.
export function place(points, names, box, avoid) {
  const taken = [...points, avoid].map(([x, y]) => [x - 5, y - 5, x + 5, y + 5]);
  return points.map(([x, y], k) => {
    const wide = textWidth(names[k], 11);
    const rooms = PLACES.map(([dx, dy, align]) => {
      const left = align === 'left' ? x + dx : align === 'right' ? x + dx - wide : x - wide / 2;
      return { x: x + dx, y: y + dy, align, room: [left, y + dy - HIGH / 2, left + wide, y + dy + HIGH / 2] };
    });
    const cost = ({ room }) => taken.filter((other) => room[0] < other[2] && room[2] > other[0] && room[1] < other[3] && room[3] > other[1]).length
      + (room[0] < box.left || room[2] > box.right || room[1] < box.top || room[3] > box.bottom ? 10 : 0);
    const best = rooms.reduce((one, other) => (cost(other) < cost(one) ? other : one));
    taken.push(best.room);
    return best;
  });
}
