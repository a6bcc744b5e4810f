// Where things stand: fills the window, and chooses what the body shows (live panels, a card, the bet, the presentation).

import { h, attr } from './dom.js';

const LEAST = 380;                      // px the body keeps, however low the window
const GAP = 8;                          // px below the component
const TABS = [['transcript', 'Transcript'], ['resources', 'Resources'], ['inequality', 'Inequality'], ['groups', 'Groups'], ['factories', 'Factories']];

export function createLayout(root, hosts, store) {
  let tab = 'transcript', frame = 0;
  const choose = (name) => { tab = name; if (name !== 'transcript') store.chart = name; arrange(); store.mark('tab'); store.mark('size'); };
  const buttons = TABS.map(([name, label]) => h('button.tab', {
    type: 'button', role: 'tab', 'data-text': label, onclick: () => choose(name),
    onkeydown: (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      event.preventDefault(); event.stopPropagation();
      const at = TABS.findIndex(([other]) => other === tab) + (event.key === 'ArrowRight' ? 1 : -1) + TABS.length;
      choose(TABS[at % TABS.length][0]);
      buttons[at % TABS.length].focus();
    },
  }, label));
  hosts.tabs.append(h('div.tabs', { role: 'tablist', 'aria-label': 'Right panel' }, buttons));

  function measure() {
    frame = 0;
    if (store.presenting) { root.style.height = ''; arrange(); return; }
    const width = root.clientWidth;
    const layout = width < 860 ? 'narrow' : width < 1060 ? 'mid' : 'wide';
    const scroller = scrollParent(root);
    const top = root.getBoundingClientRect().top + scroller.scrollTop - scroller.getBoundingClientRect().top;
    const window = scroller.clientHeight;
    const above = hosts.graph.closest('.body').offsetTop;
    const height = Math.max(window - top - GAP, above + LEAST);
    const px = `${Math.floor(height)}px`;
    if (root.style.height !== px) root.style.height = px;
    const short = height - above < 470, tight = layout === 'mid' || width < 600;
    if (layout !== store.layout || short !== store.short || tight !== store.tight) { Object.assign(store, { layout, short, tight }); store.mark('size'); }
    arrange();
  }

  function later() { if (!frame) frame = requestAnimationFrame(measure); }

  function arrange() {
    const mode = store.presenting ? 'present' : store.betting ? 'bet' : store.card ? 'card' : 'live';
    attr(root, 'data-layout', store.layout);
    attr(root, 'data-short', store.short);
    attr(root, 'data-tight', store.tight);
    attr(root, 'data-mode', mode);
    attr(root, 'data-tab', tab === 'transcript' ? tab : 'charts');
    raise(root, store.presenting);
    TABS.forEach(([name], i) => { attr(buttons[i], 'aria-selected', name === tab); attr(buttons[i], 'tabindex', name === tab ? 0 : -1); });
  }

  const watch = new ResizeObserver(later);
  watch.observe(root);
  watch.observe(root.ownerDocument.documentElement);
  for (const name of ['headline', 'notice', 'runbar', 'asking', 'tiles']) watch.observe(hosts[name]);
  addEventListener('resize', later);
  measure();
  // Streamlit lays out its header and padding after the first paint.
  const late = setTimeout(measure, 300);

  return {
    update(changes) {
      const before = root.dataset.mode;
      arrange();
      if (before !== root.dataset.mode) { store.mark('size'); later(); }
      if (changes.has('notice') || changes.has('reset')) later();
    },
    close() { watch.disconnect(); removeEventListener('resize', later); cancelAnimationFrame(frame); clearTimeout(late); },
  };
}

// Presenting, the cockpit stands in the browser's top layer: above sidebar and header, and its elements stay as they are.
function raise(root, on) {
  if (on === root.hasAttribute('popover')) return;
  if (on) { root.setAttribute('popover', 'manual'); root.showPopover(); }
  else { root.hidePopover(); root.removeAttribute('popover'); }
}

function scrollParent(node) {
  let at = node.getRootNode().host ?? node.parentElement;
  while (at && at !== document.body) {
    const flow = getComputedStyle(at).overflowY;
    if (flow === 'auto' || flow === 'scroll') return at;
    at = at.parentElement;
  }
  return document.documentElement;
}
