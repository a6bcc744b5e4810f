// The answers of one tab: figures, tables and sentences, each under a title that says what is seen.

import { clear, h, show, text } from '../cockpit/dom.js';
import { createFigure } from './figure.js';
import { fillTable } from './table.js';

export function create(host, store) {
  const held = new Map();               // by key: {part, node, redraw(), close()}
  const empty = h('p.empty', { hidden: true });
  host.append(empty);
  host.id = 'study-answers';
  host.setAttribute('role', 'tabpanel');

  function place(part) {
    const title = h('h2'), sub = h('p.sub'), body = h('div.study-body'), note = h('p.sub.note');
    const node = h('article.part', { 'data-key': part.key, 'data-kind': part.kind }, title, sub, body, note);
    const figure = part.kind === 'figure' ? createFigure(body, store) : null;
    const one = {
      part: null, node,
      show(next) {
        if (one.part === next) return;
        one.part = next;
        node.dataset.span = next.span ?? 'half';
        text(title, next.title); text(sub, next.sub ?? ''); text(note, next.note ?? '');
        sub.hidden = !next.sub; note.hidden = !next.note;
        if (figure) figure.show(next);
        else if (next.kind === 'table') fillTable(body, next);
        else clear(body).append(...next.lines.map((line) => h('p', null, line)));
      },
      redraw() { figure?.draw(); },
      close() { figure?.close(); node.remove(); },
    };
    return one;
  }

  function paint() {
    const keys = new Set(store.parts.map((part) => part.key));
    for (const [key, one] of held) if (!keys.has(key)) { one.close(); held.delete(key); }
    show(empty, !store.parts.length); text(empty, store.awaited || store.pending ? 'Being worked out.' : store.study.empty);
    store.parts.forEach((part, k) => {
      if (held.has(part.key) && held.get(part.key).node.dataset.kind !== part.kind) { held.get(part.key).close(); held.delete(part.key); }
      if (!held.has(part.key)) held.set(part.key, place(part));
      const one = held.get(part.key);
      if (host.children[k + 1] !== one.node) host.insertBefore(one.node, host.children[k + 1] ?? null);
      one.show(part);
    });
  }

  return {
    update(changes) {
      if (changes.has('parts') || changes.has('study') || changes.has('busy')) paint();
      if (changes.has('theme') || changes.has('size')) for (const one of held.values()) one.redraw();
    },
    close() { for (const one of held.values()) one.close(); held.clear(); },
  };
}
