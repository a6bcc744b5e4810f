// The search box, the Filter menu and the removable chips of what is filtered.

import { clear, h, show } from './dom.js';
import { icon } from './icons.js';
import { labelNames, labelWord } from './entry.js';
import { KINDS, NONE, isActive, parts } from './filter.js';

// `apply(filter)` is called on every change; `people()` gives [[id, name], …] of all who lived so far.
export function createFilterMenu(host, { apply, people, last, nameOf }) {
  let filter = { ...NONE };
  const search = h('input.search', {
    type: 'search', placeholder: 'Search what was said', 'aria-label': 'Search what was said', maxlength: 100,
    oninput: () => change({ q: search.value }),
  });
  const button = h('button.btn.small.filter', {
    type: 'button', 'aria-expanded': 'false', 'aria-haspopup': 'dialog', onclick: () => toggle(menu.hidden),
  }, 'Filter', icon('down', 13));
  const menu = h('div.filter-menu', { hidden: true, role: 'dialog', 'aria-label': 'Filter the transcript' });
  const chips = h('div.filter-chips', { hidden: true });
  const bar = h('div.filter-bar', null, h('label.search-box', null, icon('search', 14), search), button, menu);
  host.append(bar, chips);
  bar.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (!menu.hidden) { toggle(false); button.focus(); } else if (search.value) change({ q: search.value = '' }); else return;
    event.preventDefault(); event.stopPropagation();
  });
  const outside = (event) => { if (!event.composedPath().includes(bar)) toggle(false); };

  function toggle(on) {
    if (on === !menu.hidden) return;
    if (on) fill();
    show(menu, on);
    button.setAttribute('aria-expanded', String(on));
    document[on ? 'addEventListener' : 'removeEventListener']('pointerdown', outside);
    if (on) menu.querySelector('input').focus();
  }

  function change(part) { set({ ...filter, ...part }); apply(filter); }

  function set(next) {
    filter = next;
    if (search.value !== filter.q) search.value = filter.q;
    const active = parts(filter, nameOf);
    show(chips, active.length > 0);
    const become = (wanted) => () => { set(wanted); apply(filter); if (!menu.hidden) fill(); };
    clear(chips).append(...active.map(({ words, rest }) => h('button.filter-chip', {
      type: 'button', 'aria-label': `Remove the filter ${words}`, onclick: become(rest),
    }, words, icon('x', 10))));
    if (active.length > 1) chips.append(h('button.place', { type: 'button', onclick: become({ ...NONE }) }, 'Clear all'));
    button.classList.toggle('on', active.some(({ words }) => words !== `“${filter.q.trim()}”`));
  }

  function tick(field, value, words, more) {
    return h('label.tick', null, h('input', {
      type: 'checkbox', checked: filter[field].includes(value),
      onchange: (event) => {
        const others = filter[field].filter((other) => other !== value);
        change({ [field]: event.target.checked ? [...others, value] : others });
      },
    }), words, more && h('span.sub', null, more));
  }

  function dayBox(field, name) {
    return h('label', null, name, h('input', {
      type: 'number', min: 0, max: last(), step: 1, value: filter[field], placeholder: field === 'from' ? '0' : String(last()),
      onchange: (event) => {
        const day = event.target.value === '' ? null : Math.max(0, Math.min(last(), Math.round(Number(event.target.value))));
        event.target.value = day ?? '';
        change({ [field]: day });
      },
    }));
  }

  function fill() {
    const known = people(), list = `people-${Math.random().toString(36).slice(2, 8)}`;
    const who = h('input', {
      type: 'text', list, placeholder: 'Name', 'aria-label': 'Add a resident',
      oninput: () => {
        const found = known.find(([, name]) => name.toLocaleLowerCase() === who.value.trim().toLocaleLowerCase());
        if (!found) return;
        who.value = '';
        if (!filter.residents.includes(found[0])) change({ residents: [...filter.residents, found[0]] });
      },
    });
    clear(menu).append(
      h('fieldset.days', null, h('legend', null, 'Days'), dayBox('from', 'from'), dayBox('to', 'to')),
      h('fieldset', null, h('legend', null, 'From or to'), who, h('datalist', { id: list }, known.map(([, name]) => h('option', { value: name })))),
      h('fieldset', null, h('legend', null, 'Kind'), KINDS.map(([key, name, more]) => tick('kinds', key, name, more))),
      h('fieldset.two', null, h('legend', null, 'Marked as'), labelNames().map((name) => tick('labels', name, labelWord(name)))),
      h('div.filter-foot', null, h('button.btn.small', { type: 'button', onclick: () => { toggle(false); button.focus(); } }, 'Done')));
  }

  return { set, get filter() { return filter; }, get active() { return isActive(filter); } };
}
