// Draws the charts and the graph of a report from the data in the page. Asks nothing of any network.
'use strict';
(() => {
  const told = JSON.parse(document.getElementById('told').textContent);
  const root = document.documentElement;
  const FONT = '"IBM Plex Sans", system-ui, sans-serif';
  const LINE = 13;                      // px between two labels at the lines' ends
  let range = null, network = null, width = 0;

  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const figure = (value, digits) => Math.abs(value).toFixed(digits).replace(/^/, value < 0 ? '−' : '').replace(/\B(?=(\d{3})+(?!\d))/g, digits ? '' : ',');

  function heights(chart) {
    const all = chart.lines.flatMap((line) => line.y).filter((value) => value !== null);
    const high = Math.max(...all, chart.digits ? 0.01 : 1), low = Math.min(0, ...all);
    return [low, high + (high - low) * (chart.births ? 0.16 : 0.06)];
  }

  function traces(chart, [low, high]) {
    const days = (list) => list.map((_, day) => day);
    const made = chart.lines.map((line) => ({
      type: 'scatter', mode: 'lines', x: days(line.y), y: line.y, name: line.name, hovertemplate: `%{y:.${chart.digits}f} ${escapeText(line.name)}<extra></extra>`,
      line: { color: colour(line.colour), width: line.width, dash: line.dash, simplify: false },
      fill: line.fill === 'zero' ? 'tozeroy' : line.fill === 'previous' ? 'tonexty' : 'none',
      fillcolor: line.fill === 'zero' ? colour('area') : colour('band'),
    }));
    if (!chart.births) return made;
    const off = (high - low) * 0.055, alive = chart.lines[0].y;
    const marks = (counts, up, symbol, ink) => {
      const at = days(counts).filter((day) => counts[day]);
      return { type: 'scatter', mode: 'markers', cliponaxis: false, x: at, y: at.map((day) => alive[day] + up * off), hovertemplate: at.map((day) => `${counts[day]} ${up > 0 ? 'born' : 'died'}<extra></extra>`),
        marker: { symbol, size: 7, color: ink, line: { width: 1.4, color: ink } } };
    };
    return [...made, marks(chart.births, 1, 'circle-open', colour('help-ink')), marks(chart.deaths, -1, 'x-thin', colour('ink'))];
  }

  // Plotly reads some markup in its texts; residents' groups and names are none.
  function escapeText(text) { return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/%\{/g, '% {'); }

  // Value and name at each line's end, pushed apart where they would overlap.
  function ends(chart, [low, high], px) {
    const at = chart.lines.map((line) => {
      const day = line.y.findLastIndex((value) => value !== null);
      return { line, day, y: line.y[day] };
    }).filter(({ day }) => day >= 0).sort((a, b) => a.y - b.y);
    let last = -Infinity;
    return at.map(({ line, day, y }) => {
      const place = (y - low) / (high - low) * px, free = Math.max(place, last + LINE);
      last = free;
      return { x: day, y, xanchor: 'left', yanchor: 'middle', xshift: 4, yshift: free - place, showarrow: false, align: 'left', captureevents: false,
        text: `<b>${figure(y, chart.digits)}</b> ${escapeText(line.name)}`, font: { family: FONT, size: 11, color: line.colour === 'ink' ? colour('ink2') : colour(line.colour) } };
    });
  }

  function turns(chart) {
    if (!chart.births) return { shapes: [], annotations: [] };
    return {
      shapes: told.turns.map((day) => ({ type: 'line', x0: day, x1: day, yref: 'paper', y0: 0, y1: 1, line: { color: colour('accent'), width: 1, dash: 'dot' } })),
      annotations: told.turns.map((day, i) => ({ x: day, yref: 'paper', y: 1, yanchor: 'bottom', showarrow: false, text: String(i + 1), borderpad: 1, bgcolor: colour('accent'),
        font: { family: FONT, size: 10.5, color: colour('on-accent') } })),
    };
  }

  function draw(chart) {
    const node = document.getElementById(`chart-${chart.key}`);
    const limits = heights(chart), margin = { l: 38, r: 118, t: chart.births ? 20 : 8, b: 22 };
    const marks = turns(chart);
    const axis = { showline: false, zeroline: false, ticks: '', tickfont: { size: 11 }, ticklabelstandoff: 3 };
    const first = !node.data;
    Plotly.react(node, traces(chart, limits), {
      height: node.clientHeight, width: node.clientWidth, margin, showlegend: false, hovermode: 'x', dragmode: 'zoom', uirevision: 'kept',
      paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', font: { family: FONT, size: 11, color: colour('ink3') },
      hoverlabel: { bgcolor: colour('bg'), bordercolor: colour('line2'), font: { family: FONT, size: 12, color: colour('ink') } },
      xaxis: { ...axis, range: range ?? [0, told.horizon], showgrid: false, nticks: 8, tickformat: 'd', tickprefix: 'day ', showtickprefix: 'first', hoverformat: 'd' },
      yaxis: { ...axis, range: limits, fixedrange: true, gridcolor: colour('grid'), zeroline: true, zerolinecolor: colour('line2'), zerolinewidth: 1, nticks: 5, tickformat: chart.digits === 0 ? ',d' : '', ...(chart.digits === 0 && limits[1] < 5 ? { tick0: 0, dtick: 1 } : {}) },
      shapes: marks.shapes, annotations: [...ends(chart, limits, node.clientHeight - margin.t - margin.b), ...marks.annotations],
    }, { displayModeBar: false, doubleClick: false, showTips: false, responsive: false });
    if (!first) return;
    node.on('plotly_relayout', (event) => { if ('xaxis.range[0]' in event) zoom([event['xaxis.range[0]'], event['xaxis.range[1]']]); });
    node.on('plotly_doubleclick', () => zoom(null));
  }

  function zoom(to) {
    range = to && [Math.max(0, to[0]), Math.min(told.horizon, to[1])];
    for (const chart of told.charts) draw(chart);
  }

  function looks() {
    const nodes = told.traffic.nodes.map((node) => {
      const group = `g${node.group % 4}`, fill = node.alive ? colour(group) : colour('bg');
      const border = node.alive ? colour(`${group}-ink`) : colour('gone'), tone = { background: fill, border };
      return { id: node.id, label: node.label, title: node.title, x: node.x, y: node.y, size: node.size, shape: 'dot', borderWidth: node.alive ? 1 : 1.5, color: { ...tone, hover: tone, highlight: tone } };
    });
    const edges = told.traffic.edges.map((edge, id) => {
      const grave = edge.marks & 6, ink = colour(edge.family);
      return { id, from: edge.from, to: edge.to, title: edge.title, dashes: edge.marks & 1 ? [5, 4] : false, width: edge.marks & 4 ? 3.2 : grave ? 2.4 : edge.family === 'talk' ? 1 : 1.5,
        color: { color: ink, hover: ink, highlight: ink }, arrows: { to: { enabled: true, scaleFactor: edge.marks & 4 ? 0.7 : 0.5 } } };
    });
    return { nodes, edges };
  }

  function drawTraffic() {
    const node = document.getElementById('traffic'), { nodes, edges } = looks();
    const options = {
      physics: false, layout: { improvedLayout: false, randomSeed: 1 },
      interaction: { hover: true, dragNodes: false, dragView: false, zoomView: false, tooltipDelay: 80, selectConnectedEdges: false },
      nodes: { font: { face: 'IBM Plex Sans', size: 14, color: colour('ink'), strokeWidth: 3, strokeColor: colour('bg'), vadjust: -4 } },
      edges: { smooth: { type: 'curvedCW', roundness: 0.13 }, hoverWidth: 1.5, selectionWidth: 1.5 },
    };
    if (network) { network.setOptions(options); network.setData({ nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }); } else {
      network = new vis.Network(node, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, options);
      const free = (on) => network.setOptions({ interaction: { zoomView: on, dragView: on } });
      node.addEventListener('pointerdown', () => free(true));
      node.addEventListener('pointerleave', () => free(false));
    }
    network.fit();
  }

  function drawAll() {
    width = root.clientWidth;
    for (const chart of told.charts) draw(chart);
    drawTraffic();
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
