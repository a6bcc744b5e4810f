// Draws the graph on a canvas: edges by family, nodes by group and factory, badges, names.

import { drawIcon } from './icons.js';
import { MARK, along, warns } from './network.js';
import { FONT, group } from './theme.js';

const FAMILIES = ['talk', 'deal', 'help', 'hostile'];
const THICK = { talk: 1.1, deal: 1.4, help: 1.5, hostile: 1.6 };
export const HEAD = { talk: 0, deal: 5, help: 5, hostile: 6 };
const FEW = 300;                        // edges up to which each is drawn with its head
const RINGS = [[], [1.3, 2.5], [5.5, 3.2], []];

// scene: {nodes, rings, edges, labels, colour, chosen, lit: Set of edges | null, alpha: edge -> 0..1, radius: node -> px,
// zoom: size of type, fine: size of heads and badges}
export function drawScene(brush, scene) {
  const few = scene.edges.length <= FEW;
  for (const family of FAMILIES) (few ? drawEdges : drawManyEdges)(brush, scene, family);
  if (scene.chosen) drawHalo(brush, scene, scene.chosen);
  drawNodes(brush, scene);
  if (few) for (const edge of scene.edges) drawBadge(brush, scene, edge);
  drawNames(brush, scene);
  brush.globalAlpha = 1;
}

function opacity(scene, edge) {
  const base = scene.alpha(edge) * (edge.faint ? 0.5 : 1);
  return scene.lit && !scene.lit.has(edge) ? base * 0.22 : base;
}

function drawEdges(brush, scene, family) {
  brush.lineCap = 'butt';
  for (const edge of scene.edges) {
    if (edge.family !== family || !edge.path) continue;
    const { x0, y0, cx, cy, x1, y1 } = edge.path, attack = edge.marks & MARK.attack, dashed = edge.marks & MARK.deceptive;
    brush.globalAlpha = opacity(scene, edge);
    brush.strokeStyle = brush.fillStyle = attack ? scene.colour.hostile : scene.colour[family];
    brush.lineWidth = (attack ? 3.2 : THICK[family]) * scene.fine;
    if (dashed) brush.setLineDash([5, 3.5]);
    brush.beginPath(); brush.moveTo(x0, y0); brush.quadraticCurveTo(cx, cy, x1, y1); brush.stroke();
    if (dashed) brush.setLineDash([]);
    drawHead(brush, scene, family, edge.path, (attack ? 1.7 : 1) * scene.fine);
  }
}

// Above a few hundred edges one path a family: no heads, dashes kept for the deceptive.
function drawManyEdges(brush, scene, family) {
  for (const lit of [false, true]) for (const dashed of [false, true]) for (const attack of [false, true]) {
    brush.beginPath();
    let any = false, alpha = 1;
    for (const edge of scene.edges) {
      if (edge.family !== family || !edge.path || !!(edge.marks & MARK.deceptive) !== dashed || !!(edge.marks & MARK.attack) !== attack) continue;
      if ((scene.lit === null || scene.lit.has(edge)) !== lit) continue;
      any = true; alpha = scene.alpha(edge);
      brush.moveTo(edge.path.x0, edge.path.y0);
      brush.quadraticCurveTo(edge.path.cx, edge.path.cy, edge.path.x1, edge.path.y1);
    }
    if (!any) continue;
    brush.globalAlpha = alpha * (lit ? 0.75 : 0.15);
    brush.strokeStyle = scene.colour[family];
    brush.lineWidth = attack ? 2.4 : 0.9;
    brush.setLineDash(dashed ? [4, 3] : []);
    brush.stroke();
    brush.setLineDash([]);
  }
}

// A ring for a deal, an open arrow for talk, a full one for help and hostility. Reckoned here: turning the canvas takes longer.
function drawHead(brush, scene, family, { cx, cy, x1, y1 }, size) {
  const far = Math.hypot(x1 - cx, y1 - cy) || 1, ux = (x1 - cx) / far * size, uy = (y1 - cy) / far * size;
  const x = (ahead, aside) => x1 + ahead * ux - aside * uy, y = (ahead, aside) => y1 + ahead * uy + aside * ux;
  brush.beginPath();
  if (family === 'deal') {
    brush.lineWidth = 1.3; brush.arc(x(2.6, 0), y(2.6, 0), 2.7 * size, 0, 7); brush.fillStyle = scene.colour.bg; brush.fill(); brush.stroke();
  } else if (family === 'talk') {
    brush.lineWidth = 1.2; brush.lineCap = 'round';
    brush.moveTo(x(-5, -3.2), y(-5, -3.2)); brush.lineTo(x1, y1); brush.lineTo(x(-5, 3.2), y(-5, 3.2)); brush.stroke();
    brush.lineCap = 'butt';
  } else {
    brush.moveTo(x(5.4, 0), y(5.4, 0)); brush.lineTo(x(-1.6, -3.1), y(-1.6, -3.1)); brush.lineTo(x(-1.6, 3.1), y(-1.6, 3.1)); brush.closePath(); brush.fill();
  }
}

function drawHalo(brush, scene, node) {
  brush.globalAlpha = 1; brush.beginPath(); brush.arc(node.x, node.y, node.r + 7, 0, 7);
  brush.fillStyle = scene.colour['accent-soft']; brush.fill();
  brush.strokeStyle = scene.colour.accent; brush.lineWidth = 2; brush.stroke();
}

function drawNodes(brush, scene) {
  const { colour } = scene;
  brush.globalAlpha = 1;
  for (const node of scene.nodes.values()) {
    if (!node.alive) { drawGone(brush, colour, node); continue; }
    const { fill, ink } = group(colour, node.group), r = scene.radius(node);
    if (scene.rings) drawRing(brush, scene, node, r);
    brush.beginPath(); brush.arc(node.x, node.y, r, 0, 7); brush.fillStyle = fill; brush.fill();
    if (node.group === 0) continue;
    brush.strokeStyle = ink; brush.lineWidth = 1; brush.stroke();
    if (node.group !== 1) continue;
    brush.beginPath(); brush.arc(node.x, node.y, Math.max(1.2, r * 0.32), 0, 7); brush.fillStyle = colour['g-dot']; brush.fill();
  }
}

export function drawGone(brush, colour, node) {
  const { x, y, r } = node, d = r * 0.44;
  brush.strokeStyle = colour.gone; brush.lineWidth = 1.2;
  brush.beginPath(); brush.arc(x, y, r, 0, 7); brush.fillStyle = colour.bg; brush.fill();
  brush.moveTo(x - d, y - d); brush.lineTo(x + d, y + d); brush.moveTo(x + d, y - d); brush.lineTo(x - d, y + d); brush.stroke();
}

// The workplace: a ring of its own pattern (no hue), a white gap away from the fill.
function drawRing(brush, scene, node, r) {
  brush.beginPath(); brush.arc(node.x, node.y, r + 1.8 * scene.fine, 0, 7); brush.fillStyle = scene.colour.bg; brush.fill();
  if (node.factory < 0) return;
  const pattern = node.factory % RINGS.length;
  brush.strokeStyle = scene.colour.ink; brush.lineWidth = (pattern === 3 ? 0.9 : 1.4) * scene.fine;
  brush.setLineDash(RINGS[pattern].map((part) => part * scene.fine));
  for (const away of pattern === 3 ? [2.2, 4.2] : [2.7]) { brush.beginPath(); brush.arc(node.x, node.y, r + away * scene.fine, 0, 7); brush.stroke(); }
  brush.setLineDash([]);
}

export function badgeOf(edge) {
  if (edge.marks & (MARK.attack | MARK.betrayal)) return 'broken-link';
  if (edge.marks & MARK.deceptive) return 'mask';
  return warns(edge.kind) ? 'warn' : null;
}

function drawBadge(brush, scene, edge) {
  const name = badgeOf(edge);
  if (!name || !edge.path) return;
  const [x, y] = along(edge.path, 0.5), r = 7.5 * scene.fine;
  brush.globalAlpha = Math.max(opacity(scene, edge), 0.3);
  brush.beginPath();
  brush.fillStyle = scene.colour.bg;
  brush.arc(x, y, name === 'warn' ? r * 0.85 : r, 0, 7); brush.fill();
  if (name !== 'warn') { brush.strokeStyle = scene.colour.hostile; brush.lineWidth = 1.2; brush.stroke(); }
  drawIcon(brush, name, x, y, name === 'warn' ? r * 1.75 : r * 1.4, scene.colour['hostile-ink']);
}

export function nameFont(zoom, alive) { return `${alive ? 500 : 400} ${10.5 * (zoom > 1 ? 1.35 : 1)}px ${FONT}`; }

function drawNames(brush, scene) {
  brush.textAlign = 'left'; brush.textBaseline = 'alphabetic'; brush.lineJoin = 'round';
  brush.globalAlpha = 1;
  for (const { text, x, y, alive } of scene.labels) {
    brush.font = nameFont(scene.zoom, alive);
    brush.lineWidth = 3; brush.strokeStyle = scene.colour.bg; brush.strokeText(text, x, y);
    brush.fillStyle = alive ? scene.colour.ink : scene.colour.ink3; brush.fillText(text, x, y);
  }
}
