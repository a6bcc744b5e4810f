// A table of answers. All cells are text.

import { clear, h } from '../cockpit/dom.js';

// columns: [{words, kind: 'words' | 'number'}]; rows: [[cell, …]]; a cell is text or {words, sign, told}.
export function fillTable(host, { columns, rows, title }) {
  clear(host).append(h('div.rows', { tabindex: 0, role: 'region', 'aria-label': title }, h('table', null,
    h('thead', null, h('tr', null, columns.map(({ words, kind }) => h('th', { scope: 'col', 'data-kind': kind }, words)))),
    h('tbody', null, rows.map((row) => h('tr', null, row.map((cell, k) => {
      const { words, sign, told } = typeof cell === 'object' && cell ? cell : { words: cell };
      return h(k ? 'td' : 'th', { scope: k ? null : 'row', 'data-kind': columns[k].kind, 'data-sign': sign, title: told }, words);
    })))))));
}
