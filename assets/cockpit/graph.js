// The communication graph: who wrote to whom on the chosen day, or in the last days.

import { h, text, attr, show, reducedMotion, plural } from './dom.js';
import { canvasOf } from './canvas.js';
import { icon } from './icons.js';
import { layNodes, mergeEdges, curve, hit, neighbour } from './network.js';
import { drawScene, nameFont, HEAD } from './picture.js';
import { placeNames } from './names.js';
import * as legends from './legend.js';
import * as readouts from './readout.js';

const SPANS = [1, 3, 7];
const FADE = 160;                       // ms
const NAMED = 60;                       // nodes up to which all carry their name
const RINGED = 0.4;                     // scale from which rings can be told apart

export function create(host, store) {
  const title = h('h2');
  const choices = SPANS.map((days) => h('button', {
    type: 'button', role: 'radio', 'aria-label': days === 1 ? 'One day' : `The last ${days} days`, onclick: () => setSpan(days), onkeydown: turn,
  }, String(days), days === 1 && h('span.unit', null, ' day')));
  const info = h('button.btn.quiet.square.key', { type: 'button', 'aria-label': 'Legend', title: 'Legend', 'aria-expanded': 'false', onclick: toggleLegend }, icon('info', 16));
  const canvas = canvasOf(h('canvas', { 'aria-hidden': 'true' }));
  const spoken = h('div.hidden', { 'aria-live': 'polite' });
  const emptyWords = h('p');
  const empty = h('div.quiet-day', { hidden: true }, emptyWords, h('button.btn.small', { type: 'button', onclick: () => setSpan(3) }, 'Show the last 3 days'));
  const stage = h('div.stage', {
    role: 'application', tabindex: 0, 'aria-roledescription': 'graph', 'aria-label': 'Residents and what passed between them. Arrow keys go from resident to resident, Enter opens one.',
    onpointermove: (event) => pointAt(event), onpointerleave: () => store.point(null), onpointerdown: (event) => event.preventDefault(), onclick: (event) => open(event),
    onkeydown: onKey, onblur: () => { if (focused !== null) { focused = null; store.point(null); } },
  }, canvas.node);
  host.append(h('div.heading', { onmousedown: (event) => event.preventDefault() }, title, h('div.segments.small', { role: 'radiogroup', 'aria-label': 'Days shown' }, choices)));
  const readout = readouts.create(host, store);
  host.append(empty, stage, spoken);
  const legend = legends.create(host, store);
  host.append(info);

  let span = 1, painted = -1, complete = false, focused = null, frame = 0, faded = 1, began = 0, box = { width: 0, height: 0 };
  let nodes = new Map(), edges = [], scale = 1, before = { radii: new Map(), keys: new Set() };
  const sides = new Map();
  const zoom = () => (store.presenting ? 1.3 : 1);

  function setSpan(days) { span = days; painted = -1; load(); }

  function turn(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = (SPANS.indexOf(span) + by + SPANS.length) % SPANS.length;
    setSpan(SPANS[at]); choices[at].focus();
  }

  function toggleLegend() {
    const on = !host.classList.contains('keyed');
    host.classList.toggle('keyed', on);
    attr(info, 'aria-expanded', on);
  }

  // Take in the chosen day, if its details are here; the days before it are asked for one by one.
  function load() {
    const detail = store.detail ?? (store.playing ? latest() : null);
    if (!detail) { complete = false; return; }
    const days = Array.from({ length: span }, (_, i) => detail.day - i).filter((day) => day >= 0);
    const details = days.map((day) => store.details.get(day)).filter(Boolean);
    complete = details.length === days.length && detail.day === store.day;
    if (!complete && detail.day === store.day) store.need(days);
    const moved = painted !== detail.day;
    if (store.pointed?.line !== undefined && !days.includes(store.pointed.day)) store.point(null);
    before = { radii: new Map([...nodes].map(([id, node]) => [id, node.r])), keys: new Set(edges.map((edge) => edge.key)) };
    painted = detail.day;
    edges = mergeEdges(details, painted, store.meta.chips);
    lay(detail);
    SPANS.forEach((days, i) => { attr(choices[i], 'aria-checked', days === span); attr(choices[i], 'tabindex', days === span ? 0 : -1); });
    const quiet = edges.length === 0;
    text(title, titleOf(quiet, days, details));
    if (quiet) text(emptyWords, quietWords(detail));
    attr(host, 'data-day', painted); attr(stage, 'data-day', painted);
    legend.show(nodes, edges, scale >= RINGED);
    tell();
    if (moved && store.speed <= 3 && nodes.size <= 300 && !reducedMotion()) { began = performance.now(); faded = 0; } else faded = 1;
    soon();
  }

  // While it plays faster than details come, the newest day on the way is better than an old one.
  function latest() {
    let best = null;
    for (const one of store.details.values()) if (one.day <= store.day && one.day >= store.day - 5 && one.day > (best?.day ?? -1)) best = one;
    return best && best.day !== painted ? best : null;
  }

  function titleOf(quiet, days, details) {
    if (span === 1) return quiet && painted > 0 ? `Nobody wrote to anybody on day ${painted}` : store.rows[painted].titles.graph;
    const first = Math.min(...days), count = details.reduce((sum, detail) => sum + detail.edges.length, 0);
    if (quiet) return `Nobody wrote to anybody on days ${first} to ${painted}`;
    return `${plural(count, 'message or act', 'messages and acts')} on days ${first} to ${painted}`;
  }

  function quietWords(detail) {
    const alive = detail.nodes.filter((node) => node[5]).length;
    const last = [...store.details.values()].filter((one) => one.day < painted && one.edges.length).map((one) => one.day);
    return `${plural(alive, 'resident')}, no edges.${last.length ? ` The last message was on day ${Math.max(...last)}.` : ''}`;
  }

  function lay(detail) {
    if (!box.width) box = { width: stage.clientWidth, height: stage.clientHeight };
    ({ nodes, scale } = layNodes(detail.nodes, box, zoom(), wealth(detail.day)));
    // In a crowd edges have neither heads nor rings to keep clear of.
    const crowd = scale < RINGED, away = crowd ? 0.5 : 4;
    for (const edge of edges) edge.path = curve(edge, nodes, crowd ? 0 : HEAD[edge.family] * (edge.marks & 4 ? 1.7 : 1), away);
  }

  // Most units a head on any day up to this one.
  function wealth(day) { return store.rows.slice(0, day + 1).reduce((most, row) => Math.max(most, row.head ?? 0), 0); }

  function chosenNode() {
    const id = focused ?? store.pointed?.resident ?? store.card?.id;
    return nodes.get(id) ?? null;
  }

  // Edges that stand out: those of the resident or line pointed at; null when nothing is.
  function litEdges() {
    const what = store.pointed;
    if (!what) return null;
    const lit = edges.filter((edge) => (what.resident !== undefined
      ? edge.from === what.resident || edge.to === what.resident
      : edge.lines.some(([day, line]) => day === what.day && line === what.line)));
    return lit.length ? new Set(lit) : null;
  }

  // With the browser's next frame, however often it is asked for until then.
  function soon() { cancelAnimationFrame(frame); frame = requestAnimationFrame(paint); }

  function paint() {
    if (painted < 0 || box.width < 10 || box.height < 10 || !store.theme) return;
    if (faded < 1) faded = Math.min(1, (performance.now() - began) / FADE);
    const ease = 1 - (1 - faded) ** 2;
    const brush = canvas.fit(box.width, box.height);
    const chosen = chosenNode();
    brush.font = nameFont(zoom(), true);
    const named = nodes.size <= NAMED ? nodes : new Map(chosen ? [[chosen.id, chosen]] : []);
    drawScene(brush, {
      nodes, edges, chosen, rings: scale >= RINGED, lit: litEdges(), zoom: zoom(), fine: Math.max(0.65, Math.min(1, scale * 1.2)) * Math.max(1, zoom() * 0.9), colour: store.theme.colour,
      labels: placeNames(brush, named, sides, 10.5 * (zoom() > 1 ? 1.35 : 1), box),
      alpha: (edge) => (faded < 1 && !before.keys.has(edge.key) ? ease : 1),
      radius: (node) => (faded < 1 ? (before.radii.get(node.id) ?? node.r) * (1 - ease) + node.r * ease : node.r),
    });
    if (faded < 1) soon();
  }

  function tell() {
    const what = store.pointed, detail = store.details.get(painted);
    if (what?.resident !== undefined && nodes.has(what.resident)) { show(empty, false); readout.show({ node: nodes.get(what.resident) }, edges); return; }
    const pointed = what?.line !== undefined ? lineOf(store.details.get(what.day), what.line) : null;
    const gravest = detail && detail.gravest >= 0 ? lineOf(detail, detail.gravest) : null;
    const quiet = !pointed && edges.length === 0 && span === 1 && painted > 0 && !gravest?.death;
    show(empty, quiet);
    const line = pointed ?? (quiet ? null : gravest);
    readout.show(line ? { line } : null, edges);
  }

  function pointAt(event) {
    const at = under(event);
    stage.style.cursor = at?.node ? 'pointer' : 'default';
    store.point(at?.node ? { resident: at.node.id } : at?.edge ? { day: at.edge.day, line: at.edge.line } : null);
  }

  function under(event) {
    const rect = canvas.node.getBoundingClientRect();
    return hit(event.clientX - rect.left, event.clientY - rect.top, nodes, edges);
  }

  function open(event) {
    const at = under(event);
    if (at?.node) store.openCard(at.node.id);
    else if (at?.edge) store.jump({ day: at.edge.day, i: at.edge.line });
  }

  function onKey(event) {
    if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const node = neighbour(nodes, focused, event.key);
      if (!node) return;
      focused = node.id;
      store.point({ resident: node.id });
      text(spoken, `${node.name}, ${store.meta.groups[node.group]?.label ?? ''}${node.alive ? '' : ', gone'}`);
    } else if (event.key === 'Enter' && focused !== null) { event.preventDefault(); store.openCard(focused); }
  }

  // Sizes are read when they change, not on every day: reading them makes the browser lay out the page.
  const watch = new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect;
    if (width === box.width && height === box.height || !width) return;
    box = { width, height };
    const detail = store.details.get(painted);
    if (detail) { lay(detail); paint(); }
  });
  watch.observe(stage);
  document.fonts?.ready.then(soon);

  return {
    update(changes) {
      if (changes.has('reset')) { painted = -1; nodes = new Map(); edges = []; sides.clear(); legend.reset(); }
      if (changes.has('reset') || changes.has('day') && painted !== store.day || changes.has('detail') && !complete) load();
      else if (changes.has('size')) { const detail = store.details.get(painted); if (detail) { lay(detail); soon(); } }
      else if (['theme', 'pointed', 'card'].some((what) => changes.has(what))) { tell(); soon(); }
    },
  };
}

function lineOf(detail, i) { return detail?.lines.find((line) => line.i === i) ?? null; }
