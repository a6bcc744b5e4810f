// Nodes and edges of the graph in pixels: sizes, curves, and what lies under a point. No drawing here.

const MARGIN = { left: 26, right: 26, top: 22, bottom: 30 };
const LARGEST = 30;                     // px, radius of the richest node
const MIDDLING = 11;                    // px above 4, largest radius of one who holds the mean
const SPACING = 13;                     // px, radius of a middling node at full scale
export const MARK = { deceptive: 1, betrayal: 2, attack: 4 };

// nodes: DETAIL nodes; box: {width, height}; zoom: 1, or more when presenting; wealth: the most units a head so far
export function layNodes(nodes, box, zoom, wealth) {
  const wide = Math.max(40, box.width - (MARGIN.left + MARGIN.right) * zoom);
  const high = Math.max(40, box.height - (MARGIN.top + MARGIN.bottom) * zoom);
  // Many residents share the room: the scale depends on their number only, so that it keeps still from day to day.
  const scale = Math.min(zoom, (0.27 * Math.sqrt((wide * high) / Math.max(1, nodes.length))) / SPACING);
  const per = 2.9 * shrink(wealth);
  const laid = new Map();
  for (const [id, name, group, factory, holdings, alive, x, y] of nodes) {
    laid.set(id, {
      id, name, group, factory, holdings, alive: !!alive,
      x: MARGIN.left * zoom + x * wide, y: MARGIN.top * zoom + y * high,
      r: alive ? Math.min(LARGEST * zoom, (4 + per * Math.sqrt(Math.max(0, holdings))) * scale) : 4.5 * Math.max(scale, 0.55),
    });
  }
  return { nodes: laid, scale };
}

// A community that grows rich would outgrow the picture: from then on a unit takes less area, in steps, so that most days
// are drawn to the same measure.
function shrink(wealth) {
  let factor = 1;
  while (2.9 * factor * Math.sqrt(wealth) > MIDDLING) factor *= Math.SQRT1_2;
  return factor;
}

// One edge for each pair and family of a day: several messages become one, the gravest leads.
export function mergeEdges(details, newest, chips) {
  const merged = new Map(), pairs = new Map();
  for (const detail of details) {
    for (const [from, to, chip, line, marks] of detail.edges) {
      if (from === to) continue;
      const [kind, family] = chips[chip];
      const key = `${from},${to},${family}`;
      const edge = merged.get(key);
      if (!edge) {
        const pair = `${from},${to}`, order = pairs.get(pair) ?? 0;
        pairs.set(pair, order + 1);
        merged.set(key, { key, from, to, family, kind, day: detail.day, line, marks, order, lines: [[detail.day, line]], faint: detail.day < newest });
        continue;
      }
      edge.lines.push([detail.day, line]);
      if (marks > edge.marks || (marks === edge.marks && warns(kind) && !warns(edge.kind))) { edge.kind = kind; edge.day = detail.day; edge.line = line; }
      edge.marks |= marks;
      edge.faint = edge.faint && detail.day < newest;
    }
  }
  return [...merged.values()];
}

export function warns(kind) { return kind === 'threatens' || kind === 'demands'; }

// The curve of an edge between two laid nodes: from (x0, y0) over the control point (cx, cy) to (x1, y1), `away` px short of both nodes.
export function curve(edge, nodes, headRoom, away = 4) {
  const a = nodes.get(edge.from), b = nodes.get(edge.to);
  if (!a || !b) return null;
  const dx = b.x - a.x, dy = b.y - a.y, far = Math.hypot(dx, dy) || 1;
  // Nodes that nearly touch are joined by a wide arc around them.
  const bend = far < a.r + b.r + 2 * away - 1 ? (a.r + b.r) * 0.8 + 10 : Math.min(0.16 + 0.13 * edge.order, 0.6) * Math.min(far, 170);
  const cx = (a.x + b.x) / 2 + (dy / far) * bend, cy = (a.y + b.y) / 2 - (dx / far) * bend;
  const [x0, y0] = towards(a, cx, cy, a.r + away), [x1, y1] = towards(b, cx, cy, b.r + away + headRoom);
  return { x0, y0, cx, cy, x1, y1 };
}

function towards(node, x, y, distance) {
  const dx = x - node.x, dy = y - node.y, far = Math.hypot(dx, dy) || 1;
  return [node.x + (dx / far) * distance, node.y + (dy / far) * distance];
}

export function along({ x0, y0, cx, cy, x1, y1 }, t) {
  const s = 1 - t;
  return [s * s * x0 + 2 * s * t * cx + t * t * x1, s * s * y0 + 2 * s * t * cy + t * t * y1];
}

// What is under the pointer: a node within reach, else an edge within 6 px.
export function hit(x, y, nodes, edges) {
  let best = null, least = Infinity;
  for (const node of nodes.values()) {
    const away = Math.hypot(node.x - x, node.y - y) - Math.max(node.r, 9);
    if (away < 4 && away < least) { least = away; best = node; }
  }
  if (best) return { node: best };
  least = 6;
  for (const edge of edges) {
    if (!edge.path) continue;
    for (let t = 0.08; t < 1; t += 0.07) {
      const [px, py] = along(edge.path, t), away = Math.hypot(px - x, py - y);
      if (away < least) { least = away; best = edge; }
    }
  }
  return best ? { edge: best } : null;
}

// The nearest node in the direction of an arrow key.
export function neighbour(nodes, from, key) {
  const all = [...nodes.values()];
  const start = nodes.get(from);
  if (!start) return all[0] ?? null;
  const [ux, uy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let best = null, least = Infinity;
  for (const node of all) {
    const dx = node.x - start.x, dy = node.y - start.y, on = dx * ux + dy * uy, off = Math.abs(dx * uy) + Math.abs(dy * ux);
    if (node === start || on <= 0) continue;
    if (on + 2 * off < least) { least = on + 2 * off; best = node; }
  }
  return best ?? start;
}
