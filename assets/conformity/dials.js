// The settings: a slider and a number for each; what is wrong with a value is said under it, and what was there stays.

import { attr, clear, h, number, show, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';

export function create(host, store) {
  const dials = new Map();
  let built = false;
  const stubborn = createStubborn(store), net = createNetwork(store);

  function build() {
    built = true;
    const { fields } = store.limits;
    const make = (name) => { const dial = createDial(store, name, fields[name]); dials.set(name, dial); return dial.node; };
    host.append(
      h('div.dials-head', null, h('h2', null, 'The agents'), h('span.sub', null, 'acts at once')), make('beta'), make('h'),
      h('div.dials-head', null, h('h2', null, 'Stubborn agents'), h('span.sub', null, 'acts at once')), stubborn.node, make('stubborn'),
      h('div.dials-head', null, h('h2', null, 'The population'), h('span.sub', null, 'starts again')), make('n'), make('start'), make('seed'), net.node);
  }

  return {
    update(changes) {
      if (!built) build();
      if (changes.has('setting') || changes.has('wrong') || changes.has('limits')) {
        for (const dial of dials.values()) dial.paint();
        stubborn.paint(); net.paint();
      }
    },
  };
}

// A log scale turns places 0 to 1000 into values, a plain one steps through them.
function createDial(store, name, field) {
  const { digits, log, words, help } = field, shown = [field.low, field.high], id = `dial-${name}`;
  const places = log ? 300 : Math.round((shown[1] - shown[0]) * 10 ** digits);
  const valueAt = (place) => (log ? Math.round(shown[0] * (shown[1] / shown[0]) ** (place / places)) : shown[0] + place / 10 ** digits);
  const placeOf = (value) => {
    const inside = Math.min(shown[1], Math.max(shown[0], value));
    return Math.round(log ? Math.log(inside / shown[0]) / Math.log(shown[1] / shown[0]) * places : (inside - shown[0]) * 10 ** digits);
  };
  const box = h('input.dial-number', { id, type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${id}-wrong`, onchange: typed, onkeydown: (event) => { if (event.key === 'Enter') typed(); } });
  const slider = field.slider && h('input.dial-slider', { type: 'range', min: 0, max: places, step: 1, 'aria-label': `${words}, slider`, oninput: slide, onchange: () => send(valueAt(Number(slider.value))) });
  const wrong = h('p.dial-wrong', { id: `${id}-wrong`, role: 'alert', hidden: true });
  const node = h('div.dial', { 'data-field': name }, h('label', { for: id, title: help }, words), slider, box, wrong);

  // What was typed goes to Python as it is: there it is judged, and told in words.
  function typed() { if (store.wrong[name] || box.value.trim() !== said(store.setting[name])) send(box.value.trim()); }
  // What starts the population again waits until the slider is let go.
  function slide() {
    const value = valueAt(Number(slider.value));
    if (field.again) box.value = said(value); else send(value);
  }
  function send(value) { store.set({ [name]: value }); }
  // As many decimals as it has, up to four.
  function said(value) {
    const decimals = String(Number(value.toFixed(4))).split('.')[1]?.length ?? 0;
    return name === 'seed' ? String(value) : number(value, Math.max(digits, decimals));
  }

  return {
    node,
    paint() {
      const value = store.setting[name], fault = store.wrong[name] ?? '';
      if (!fault) box.value = said(value);
      if (slider && !slider.matches(':active')) slider.value = placeOf(value);
      if (slider) attr(slider, 'aria-valuetext', said(value));
      attr(box, 'aria-invalid', fault ? 'true' : null);
      show(wrong, !!fault); text(wrong, fault);
    },
  };
}

// Adding and withdrawing them, while it runs.
function createStubborn(store) {
  const few = () => Math.max(1, Math.round(store.setting.n / 20));
  const add = (sign) => () => {
    const { stubborn, sign: now } = store.setting;
    store.set({ stubborn: sign === now || stubborn === 0 ? stubborn + few() : few(), sign });
  };
  const minus = h('button.btn.small', { type: 'button', onclick: add(-1) }), plus = h('button.btn.small', { type: 'button', onclick: add(1) });
  const away = h('button.btn.small.away', { type: 'button', onclick: () => store.set({ stubborn: 0 }) }, icon('x', 13), 'Remove them now');
  const now = h('p.sub.stubborn-now', { role: 'status' });
  const node = h('div.stubborn', null, h('div.two', null, minus, plus), away, now);
  return {
    node,
    paint() {
      const { stubborn, sign, n } = store.setting, count = number(few(), 0);
      clear(minus).append(icon('plus', 13), `${count} at −1`); clear(plus).append(icon('plus', 13), `${count} at +1`);
      away.disabled = stubborn === 0;
      text(now, stubborn ? `${number(stubborn, 0)} always say ${sign > 0 ? '+1' : '−1'}: ${number(100 * stubborn / (n + stubborn), 1)} % of all` : 'None now');
    },
  };
}

// Who sees whom, how many, and for how long it is remembered.
function createNetwork(store) {
  const select = h('select', { id: 'dial-network', onchange: () => store.set({ network: select.value }) });
  const says = h('p.sub');
  const numbers = ['attention', 'memory'].map((name) => {
    const id = `dial-${name}`, box = h('input.dial-number', { id, type: 'text', inputmode: 'numeric', autocomplete: 'off', 'aria-describedby': `${id}-wrong`, onchange: () => store.set({ [name]: box.value.trim() }) });
    return { name, box, label: h('label', { for: id }), wrong: h('p.dial-wrong', { id: `${id}-wrong`, role: 'alert', hidden: true }) };
  });
  const node = h('div.network', null, h('label', { for: 'dial-network' }, 'Who sees whom'), select,
    numbers.map(({ label, box, wrong, name }) => h('div.dial', { 'data-field': name }, label, box, wrong)), says);
  return {
    node,
    paint() {
      const { networks, fields } = store.limits;
      if (select.options.length !== networks.length) clear(select).append(...networks.map(([value, words]) => h('option', { value }, words)));
      select.value = store.setting.network;
      text(says, store.setting.applies); attr(says, 'data-off', !store.theory.applies);
      for (const { name, box, label, wrong } of numbers) {
        const fault = store.wrong[name] ?? '', { words, help } = fields[name];
        text(label, words); attr(label, 'title', help);
        if (!fault) box.value = store.setting[name] ?? '';
        attr(box, 'placeholder', fields[name].empty); attr(box, 'aria-invalid', fault ? 'true' : null);
        show(wrong, !!fault); text(wrong, fault);
      }
    },
  };
}
