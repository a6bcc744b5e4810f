// Colours of the page, light and dark. Streamlit says which of the two; these tokens say the rest.

const LIGHT = {
  bg: '#ffffff', side: '#f6f6f3', sunk: '#efeeea', ink: '#1b1c20', ink2: '#50525a', ink3: '#686a73',
  line: '#e3e2dc', line2: '#8b8a84', grid: '#eeede8', area: '#ececec',
  accent: '#5a48c8', 'accent-soft': '#eeebfb', 'on-accent': '#ffffff',
  'g0': '#0072b2', 'g0-ink': '#0068a3', 'g1': '#e69f00', 'g1-ink': '#8f5b00',
  'g2': '#56b4e9', 'g2-ink': '#1f74a8', 'g3': '#f0e442', 'g3-ink': '#6b6400', 'g-dot': '#ffffff',
  help: '#009e73', 'help-ink': '#00755a', deal: '#cc79a7', 'deal-ink': '#9c4576',
  hostile: '#d55e00', 'hostile-ink': '#b04a00', 'hostile-soft': '#fdf1e9',
  talk: '#82848b', 'talk-ink': '#50525a', gone: '#8f8e88', band: '#cfe3f0', band2: '#dcdbe9',
  shadow: '0 6px 24px rgba(20,20,30,.12), 0 0 0 1px rgba(20,20,30,.08)',
};
const DARK = {
  bg: '#15161b', side: '#1a1c22', sunk: '#24262e', ink: '#ececf0', ink2: '#b3b5c0', ink3: '#9a9ca8',
  line: '#2e3039', line2: '#7d808c', grid: '#24262d', area: '#26272c',
  accent: '#a99cff', 'accent-soft': '#2a2745', 'on-accent': '#15161b',
  'g0': '#3d9bd6', 'g0-ink': '#6cb8e6', 'g1': '#e69f00', 'g1-ink': '#f0b43c',
  'g2': '#7cc6f0', 'g2-ink': '#7cc6f0', 'g3': '#f0e442', 'g3-ink': '#f0e442', 'g-dot': '#15161b',
  help: '#1fb58a', 'help-ink': '#3fcba2', deal: '#cc79a7', 'deal-ink': '#e29cc3',
  hostile: '#e8702a', 'hostile-ink': '#ff9455', 'hostile-soft': '#2d1f18',
  talk: '#7b7d87', 'talk-ink': '#b3b5c0', gone: '#6f727e', band: '#1d3a50', band2: '#2c2b42',
  shadow: '0 8px 28px rgba(0,0,0,.5), 0 0 0 1px rgba(255,255,255,.09)',
};
const GROUPS = 4;

export const FONT = '"IBM Plex Sans", system-ui, sans-serif';

// Hue of a value group: fill carries an area, ink carries text and thin lines.
export function group(colour, index) {
  const i = index < GROUPS ? index : 2 + (index % 2);
  return { fill: colour[`g${i}`], ink: colour[`g${i}-ink`] };
}

// Sets store.theme and the CSS variables on root; returns true when light turned to dark or back.
export function readTheme(root, store) {
  const ground = getComputedStyle(root).getPropertyValue('--st-background-color').trim();
  if (store.theme?.ground === ground) return false;
  const dark = luminance(ground) < 0.4;
  if (store.theme?.dark === dark) { store.theme.ground = ground; return false; }
  const colour = dark ? DARK : LIGHT;
  store.theme = { dark, colour, ground };
  root.dataset.theme = dark ? 'dark' : 'light';
  for (const [name, value] of Object.entries(colour)) root.style.setProperty(`--${name}`, value);
  return true;
}

// Relative lightness 0 to 1 of a CSS colour; an unknown one counts as white.
function luminance(css) {
  const brush = document.createElement('canvas').getContext('2d');
  brush.fillStyle = '#ffffff';
  brush.fillStyle = css || '#ffffff';
  const hex = brush.fillStyle;
  if (hex[0] !== '#') return 1;
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
