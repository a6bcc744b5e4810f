// Small helpers to build elements. Strings become text nodes, never markup.

const SVG = 'http://www.w3.org/2000/svg';

// h('button.btn', {title, onclick, aria-label, data-day, style: {…}}, …children)
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split('.');
  return fill(document.createElement(name || 'div'), classes, props, children);
}

// The same for SVG: svg('path', {d, stroke})
export function svg(tag, props, ...children) {
  const [name, ...classes] = tag.split('.');
  return fill(document.createElementNS(SVG, name), classes, props, children);
}

function fill(node, classes, props, children) {
  if (classes.length) node.classList.add(...classes);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'style' && typeof value === 'object') for (const [name, css] of Object.entries(value)) node.style.setProperty(name, css);
    else node.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
  return node;
}

// Change text only when it differs: an untouched node costs no layout.
export function text(node, value) {
  value = String(value);
  if (node.textContent !== value) node.textContent = value;
}

// False takes an attribute away, but is a value of the aria ones.
export function attr(node, name, value) {
  if (value === null || value === false && !name.startsWith('aria-')) { if (node.hasAttribute(name)) node.removeAttribute(name); }
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

export function show(node, on) { if (node.hidden === !!on) node.hidden = !on; }

export function clear(node) { node.replaceChildren(); return node; }

const formats = new Map();              // digits -> its format: making one costs more than all else of a day

function formatOf(digits) {
  if (!formats.has(digits)) formats.set(digits, new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  return formats.get(digits);
}

// Numbers: fixed digits, a true minus sign, and null for what is not defined.
export function number(value, digits = 1) {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  return formatOf(digits).format(value).replace(/^-(?=[\d.,]*[1-9])/, '−').replace(/^-/, '');
}

export function plural(count, one, many = `${one}s`) { return `${number(count, 0)} ${count === 1 ? one : many}`; }

export function reducedMotion() { return matchMedia('(prefers-reduced-motion: reduce)').matches; }
