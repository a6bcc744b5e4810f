// Draws the figures of a study's report from the data in the page. Asks nothing of any network.
// Expects Plotly and painted() of the scripts before it.
'use strict';
(() => {
  const told = JSON.parse(document.getElementById('told').textContent);
  const root = document.documentElement;
  const FONT = '"IBM Plex Sans", system-ui, sans-serif';
  const NAMES = ['bg', 'side', 'sunk', 'ink', 'ink2', 'ink3', 'line', 'line2', 'grid', 'accent', ...['g0', 'g1', 'g2', 'g3', 'help', 'deal', 'hostile', 'talk'].flatMap((name) => [name, `${name}-ink`])];
  let width = 0;

  function colours() {
    const style = getComputedStyle(root);
    return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }

  function drawAll() {
    width = root.clientWidth;
    const colour = colours();
    told.figures.forEach((figure, place) => {
      const node = document.getElementById(`figure-${place}`);
      const layout = painted({ ...figure.layout, width: node.clientWidth, height: figure.height }, colour);
      layout.font = { family: FONT, size: 11, color: colour.ink3, ...layout.font };
      layout.hoverlabel = { bgcolor: colour.bg, bordercolor: colour.line2, font: { family: FONT, size: 12, color: colour.ink }, align: 'left', ...layout.hoverlabel };
      Plotly.react(node, painted(figure.data, colour), layout, { displayModeBar: false, doubleClick: 'reset', showTips: false, responsive: false });
    });
    root.dataset.drawn = '';
  }

  function paper(on) {
    if (on) root.dataset.paper = ''; else delete root.dataset.paper;
    drawAll();
  }

  document.fonts.ready.then(drawAll);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('beforeprint', () => paper(true));
  addEventListener('afterprint', () => paper(false));
  addEventListener('resize', () => { if (root.clientWidth !== width) drawAll(); });
})();
