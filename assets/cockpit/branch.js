// Branching: the button "Branch here" with its two ways, and the strip that says where a branch comes from.

import { attr, clear, h, plural, show, text } from './dom.js';
import { icon } from './icons.js';

export function create(host, store) {
  const button = h('button.btn.quiet', {
    type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': 'Branch here',
    title: 'Branch here: another future from this day', onclick: () => toggle(menu.hidden),
  }, icon('branch', 16), h('span.word', null, 'Branch here'));
  const other = item('Another future', () => ask(false)), placebo = item('Placebo: change nothing', () => ask(true));
  const menu = h('div.branch-menu', { hidden: true, role: 'menu', 'aria-label': 'Branch here' }, other.node, placebo.node);
  const box = h('div.branch', null, button, menu);
  host.append(box);
  box.addEventListener('keydown', (event) => {
    const items = [other.node, placebo.node].filter((node) => !node.disabled), at = items.indexOf(event.target);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && !menu.hidden) { toggle(false); button.focus(); }
    else if (by && at >= 0) items[(at + by + items.length) % items.length].focus();
    else return;
    event.preventDefault(); event.stopPropagation();
  });
  const outside = (event) => { if (!event.composedPath().includes(box)) toggle(false); };

  function item(name, act) {
    const words = h('span.sub');
    return { words, node: h('button', { type: 'button', role: 'menuitem', onclick: act }, h('b', null, name), words) };
  }

  function toggle(on) {
    if (on === !menu.hidden) return;
    show(menu, on); paint();
    attr(button, 'aria-expanded', String(on));
    document[on ? 'addEventListener' : 'removeEventListener']('pointerdown', outside);
    if (on) other.node.focus();
  }

  function ask(placebo) {
    toggle(false); store.play(false);
    store.ask({ type: 'branch', day: store.day, placebo });
  }

  function paint() {
    text(other.words, `The days up to day ${store.day} stay. Change something with Act now, then play.`);
    text(placebo.words, `The same days again from day ${store.day} on: the difference must be exactly zero.`);
    placebo.node.disabled = store.day >= store.frontier;
  }

  return {
    update(changes) {
      if (changes.has('day') || changes.has('rows')) if (!menu.hidden) paint();
      if (['reset', 'rows', 'bet', 'day'].some((what) => changes.has(what))) button.disabled = !store.row || store.betting;
    },
  };
}

// "Branch of 'A quarter stop caring' from day 23. Identical until day 25, by hash."
export function lineage(host, store) {
  const strip = h('p.lineage', { hidden: true });
  host.append(strip);
  return {
    update(changes) {
      if (!['reset', 'parent'].some((what) => changes.has(what))) return;
      const { parent } = store;
      show(strip, !!parent);
      if (!parent) return;
      const same = parent.parted ? `Identical until day ${parent.until}, by hash` : `Identical so far, ${plural(parent.until, 'day')}, by hash`;
      clear(strip).append(icon('branch', 13), `${same}. Branched on day ${parent.day} from `, h('b', null, parent.title),
        h('span.key', { 'aria-hidden': 'true' }), 'the dashed line');
      if (parent.id && store.kept) {
        const link = h('a', { href: new URL(`compare?runs=${parent.id},${store.kept}`, document.baseURI).href, target: '_blank' }, 'Compare');
        strip.append(' ', link);
      }
    },
  };
}
