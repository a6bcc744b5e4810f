// Where names stand beside their nodes: below if free, else above, right or left; a name keeps its side while it can.

const SIDES = ['below', 'above', 'right', 'left'];

const CROWDED = 24;                     // px² of overlap from which the name of one who is gone is left out

// brush has its font set; sides: Map id -> side of the day before, updated in place. Returns [{id, text, x, y, alive}].
export function placeNames(brush, nodes, sides, size, box) {
  const all = [...nodes.values()].sort((a, b) => b.alive - a.alive);
  const taken = all.map((node) => ({ x: node.x - node.r - 2, y: node.y - node.r - 2, w: 2 * node.r + 4, h: 2 * node.r + 4, id: node.id }));
  const placed = [];
  for (const node of all) {
    const width = brush.measureText(node.name).width;
    const first = sides.get(node.id) ?? (node.alive ? 'below' : 'above');
    let best = null, least = Infinity;
    for (const side of [first, ...SIDES.filter((one) => one !== first)]) {
      const rect = rectOf(node, side, width, size);
      const clash = overlap(rect, taken, node.id) + outside(rect, box) * 4;
      if (clash < least - 12) { least = clash; best = { side, rect }; }
      if (clash < 12) break;
    }
    sides.set(node.id, best.side);
    if (!node.alive && least > CROWDED && nodes.size > 1) continue;
    taken.push({ ...best.rect, id: -1 });
    placed.push({ id: node.id, text: node.name, x: best.rect.x, y: best.rect.y + size * 0.86, alive: node.alive });
  }
  return placed;
}

function rectOf(node, side, width, size) {
  const gap = node.alive ? 4.5 : 2.5;
  if (side === 'below') return { x: node.x - width / 2, y: node.y + node.r + gap, w: width, h: size };
  if (side === 'above') return { x: node.x - width / 2, y: node.y - node.r - gap - size, w: width, h: size };
  if (side === 'right') return { x: node.x + node.r + gap + 1, y: node.y - size / 2, w: width, h: size };
  return { x: node.x - node.r - gap - 1 - width, y: node.y - size / 2, w: width, h: size };
}

function overlap(rect, taken, own) {
  let sum = 0;
  for (const other of taken) {
    if (other.id === own) continue;
    const w = Math.min(rect.x + rect.w, other.x + other.w) - Math.max(rect.x, other.x);
    const h = Math.min(rect.y + rect.h, other.y + other.h) - Math.max(rect.y, other.y);
    if (w > 0 && h > 0) sum += w * h;
  }
  return sum;
}

function outside(rect, box) {
  return Math.max(0, -rect.x) * rect.h + Math.max(0, rect.x + rect.w - box.width) * rect.h
    + Math.max(0, -rect.y) * rect.w + Math.max(0, rect.y + rect.h - box.height) * rect.w;
}
