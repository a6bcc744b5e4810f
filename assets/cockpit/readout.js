// One line above the graph that says what is pointed at, else the day's gravest message or event.

import { h, clear, number } from './dom.js';
import { icon, chipIcon } from './icons.js';

export function create(host, store) {
  const line = h('p.readout', { 'aria-live': 'off' });
  host.append(line);
  let key = '';

  return {
    // what: {line: LINE} | {node} | null
    show(what, edges) {
      const now = what?.line ? `${what.line.day}.${what.line.i}` : what?.node ? `n${what.node.id}.${store.day}.${what.node.holdings}` : '';
      if (now === key) return;
      key = now;
      clear(line);
      if (what?.line) line.append(...sentence(what.line));
      else if (what?.node) line.append(...resident(what.node, store.meta, edges));
    },
  };
}

export function sentence(message) {
  const grave = message.betrayal || message.deceptive || message.family === 'hostile';
  const sign = h(grave ? 'span.sign.grave' : 'span.sign', null,
    icon(message.betrayal ? 'broken-link' : message.deceptive ? 'mask' : chipIcon(message.chip), 15));
  if (message.said) {
    const who = message.whom ? `${message.who} to ${message.whom}: ` : `${message.who}: `;
    return [sign, h('span.words', null, h('b', null, who), `“${message.text}”`)];
  }
  const cut = leading(message);
  return [sign, h('span.words', null, h('b', null, message.text.slice(0, cut)), message.text.slice(cut))];
}

// The names an event begins with stand out: "Goro attacked Wren".
function leading({ text, who, whom }) {
  const at = whom ? text.indexOf(whom) : -1;
  if (at >= 0 && at < 60) return at + whom.length;
  return who && text.startsWith(who) ? who.length : 0;
}

function resident(node, meta, edges) {
  const sent = edges.filter((edge) => edge.from === node.id).reduce((sum, edge) => sum + edge.lines.length, 0);
  const got = edges.filter((edge) => edge.to === node.id).reduce((sum, edge) => sum + edge.lines.length, 0);
  const parts = [meta.groups[node.group]?.label];
  if (node.factory >= 0) parts.push(`works at the ${meta.factories[node.factory] ?? `factory ${node.factory + 1}`}`);
  parts.push(node.alive ? `holds ${number(node.holdings)} units` : 'is gone');
  parts.push(`${sent} sent, ${got} received`);
  return [h('span.sign', null, icon(node.alive ? 'talk' : 'x', 15)), h('span.words', null, h('b', null, node.name), `: ${parts.filter(Boolean).join(', ')}`)];
}
