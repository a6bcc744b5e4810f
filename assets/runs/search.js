// Which runs are listed, and in which order.

const ORDER = {
  title: (run) => run.title.toLocaleLowerCase('en'),
  state: (run) => run.state,
  last: (run) => run.last,
  alive: (run) => (run.damaged ? -1 : run.alive),
  modified: (run) => run.modified,
  bytes: (run) => run.bytes,
};
const texts = new WeakMap();             // run -> all that can be searched in it

function textOf(run) {
  if (!texts.has(run)) {
    const parts = [run.title, run.notes, run.scenario, run.mix, run.minds, run.seed, run.id, run.file, ...run.tags];
    texts.set(run, parts.join('\n').toLocaleLowerCase('en'));
  }
  return texts.get(run);
}

// Every word must occur somewhere: in title, tags, notes, scenario, mix, minds, seed or id.
export function listed(runs, { words, state, tag, scenario, by, down }) {
  const wanted = words.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  const found = runs.filter((run) => (!state || run.state === state) && (!tag || run.tags.includes(tag))
    && (!scenario || run.scenario === scenario) && wanted.every((word) => textOf(run).includes(word)));
  const key = ORDER[by], sign = down ? -1 : 1;
  return found.map((run) => [key(run), run])
    .sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0)).map(([, run]) => run);
}

// The values a field has among the runs, most frequent first: [[value, count], …]
export function choices(runs, valuesOf) {
  const counts = new Map();
  for (const run of runs) for (const value of valuesOf(run)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].filter(([value]) => value).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 200);
}
