// What the page knows of a run, and its one way to ask Python for more (docs/cockpit.md).

import { createChanges } from './changes.js';
import { createLine } from './line.js';
import { createVerdicts } from './verdicts.js';
import { keepAddress, known, unheard } from './rejoin.js';

const HOLD = 400;                       // ms a reader rests on a day before the address learns of it
const LOOK = 1200;                      // ms without news after which the page looks how far the asking is
const TAKEN_OVER = 3000;                // ms after which a page that left does not go on playing when it comes back

// Streamlit may put another element in the place of this one, above all when reruns overtake each other. The new page of the
// same run goes on playing where the old one did.
let kept = { run: null, playing: false, speed: 1, owner: null, until: 0 };

export function createStore(component) {
  const { views, mark, flush } = createChanges(() => !!store.meta);
  let run = null, seq = 0, resting = 0;
  let holding = false;                  // the reader went elsewhere: the next answer must not pull them back
  let promised = false;                 // the run of the bet plays as soon as it is here
  let seeking = 0;                      // the timer of the next question how close the edge is
  let looking = 0;                      // the timer of a look at residents who are being asked
  let closing = false;                  // the card was closed: a late answer must not open it again

  const store = {
    asking: null,                       // of a run whose residents are asked in words
    edges: new Map(), edging: false,    // EDGE by day, as far as they are known; whether the reader wants the shown day's
    meta: null, rows: [], details: new Map(), frontier: 0, finished: false,
    card: null, bet: null, parent: null, kept: '', notice: null, failing: '', lost: false, presenting: false,
    day: 0, playing: false, speed: 1, pointed: null, target: null, filter: {},
    theme: null,                        // set by theme.js: {dark, colour}
    chart: 'resources',                 // the tab of charts that is chosen
    layout: 'wide', short: false,       // set by layout.js: 'wide' | 'mid' | 'narrow', little height,
    tight: false,                       // narrow tiles

    get row() { return store.rows[store.day] ?? null; },
    get detail() { return store.details.get(store.day) ?? null; },
    get atEnd() { return store.finished && store.day >= store.frontier; },
    get betting() { return !!store.bet && store.bet.given === null && store.atEnd; },
    get waiting() { return line.waitsFor('step'); },

    // Show a lived day; asks for its messages and edges if the page no longer holds them.
    goto(day) {
      day = Math.max(0, Math.min(store.frontier, Math.round(day)));
      holding = line.waitsFor('step');
      if (day === store.day) return;
      show(day);
    },

    // Ask Python. Steps, cards and days of detail are asked again until they are answered.
    ask(what) { line.send(what); },

    // Go forward: through days already lived, then by asking for new ones.
    forward(days) {
      const known = Math.min(store.frontier, store.day + days);
      const rest = store.day + days - known;
      if (rest > 0 && !store.finished) {
        if (!line.waitsFor('step')) { holding = false; line.send({ type: 'step', days: rest, until: Math.min(store.frontier + rest, store.meta.horizon) }); }
      } else if (known !== store.day) show(known);
    },

    // Answer the bet; its run then plays at ten days a second.
    answer(key) {
      line.send({ type: 'bet', key });
      store.speed = 10; promised = true;
    },

    // Have the details of these days in memory (missing ones are asked for, newest first).
    need(days) {
      for (const day of days) if (day >= 0 && day <= store.frontier && !store.details.has(day)) { line.send({ type: 'detail', day }); return; }
    },

    openCard(id) {
      closing = id === null;
      if (closing) { store.card = null; line.forget('card'); mark('card'); }
      line.send({ type: 'card', id, day: store.day });
    },

    // Find out how close to the edge the shown day is, for as long as the reader wants to know.
    seekEdge(on) { store.edging = on; seek(); if (!on) line.forget('edge'); },

    point(what) {
      if (JSON.stringify(what) === JSON.stringify(store.pointed)) return;
      store.pointed = what; mark('pointed');
    },

    // Go to a day and have the transcript scroll to that line.
    jump({ day, i }) {
      store.play(false); store.goto(day);
      store.target = { day, i }; mark('jump');
    },

    play(on) {
      on = !!on && !(store.finished && store.day >= store.frontier);
      if (on === store.playing) return;
      store.playing = on; mark('play'); keep(); rest(); seek();
    },

    // Stop playing; residents who are being asked are asked no more.
    pause() {
      store.play(false);
      if (!store.asking?.busy) return;
      line.forget('step');
      line.send({ type: 'pause' });
    },

    setSpeed(speed) { store.speed = speed; mark('play'); keep(); rest(); },

    present(on) {
      if (on === store.presenting) return;
      store.presenting = on; mark('size'); mark('play');
      line.send({ type: 'present', on });
    },

    subscribe(view) { views.add(view); return () => views.delete(view); },

    // For the shell: note a change and tell every view in this same task's end.
    mark, receive, flush,
    close() {
      line.close(); clearTimeout(resting); clearTimeout(looking); clearTimeout(seeking); views.clear();
      if (kept.owner === store) kept.until = performance.now() + TAKEN_OVER;
    },
  };

  const line = createLine((value) => store.component.setTriggerValue('ask', value), (tries) => {
    const lost = tries > 0;
    if (lost !== store.lost) { store.lost = lost; mark('notice'); }
    if (tries > 1) unheard();
  });
  store.component = component;
  store.verdicts = createVerdicts((said) => line.send({ type: 'verdict', said }));

  function keep() { kept = { run, playing: store.playing, speed: store.speed, owner: store, until: Infinity }; }

  function takeOver() {
    if (kept.run !== run || kept.owner === store || performance.now() > kept.until) return;
    store.playing = kept.playing; store.speed = kept.speed;
    keep();
  }

  function show(day) {
    store.day = day; mark('day');
    prune();
    if (store.playing) readAhead(); else store.need([day]);
    if (store.card && store.card.day !== day) line.send({ type: 'card', id: store.card.id, day });
    seek();
    rest();
  }

  // Playing through days already lived, ask for the details of the next ones together.
  function readAhead() {
    const last = Math.min(store.frontier, store.day + Math.ceil(store.speed / 2) + 1);
    for (let day = store.day; day <= last; day += 1) {
      if (!store.details.has(day)) { line.send({ type: 'detail', day, until: last }); return; }
    }
  }

  // Tell Python where the reader rests, once they do. While days are lived it knows.
  function rest() {
    clearTimeout(resting);
    if (store.playing && store.day === store.frontier) return;
    resting = setTimeout(() => line.send({ type: 'day', day: store.day, playing: store.playing, speed: store.speed }), HOLD);
  }

  // A slice of work a question, and never in the way of days: not before the reader has rested on one.
  function seek() {
    clearTimeout(seeking);
    if (!store.edging || store.playing || line.waitsFor('step') || line.waitsFor('edge')) return;
    const known = store.edges.get(store.day);
    if (known && known.state !== 'running') return;
    const rest = known ? 0 : HOLD;
    seeking = setTimeout(() => { if (!line.waitsFor('step')) line.send({ type: 'edge', day: store.day }); }, rest);
  }

  function prune() {
    const keep = store.meta.keep;
    if (store.details.size <= keep) return;
    const far = [...store.details.keys()]
      .filter((day) => day !== store.day && day <= store.frontier - 7)
      .sort((a, b) => Math.abs(b - store.day) - Math.abs(a - store.day));
    for (const day of far.slice(0, store.details.size - keep)) store.details.delete(day);
  }

  // Of a branch: its parent, whose curves come with the first message.
  function takeParent(parent, reset) {
    const next = parent && { ...parent, curves: parent.curves ?? (reset ? null : store.parent?.curves) };
    if (!same(store.parent, next)) { store.parent = next; mark('parent'); }
  }

  // Take in one message. Known days are dropped; a gap asks for everything again.
  function receive(component, data) {
    store.component = component;
    if (!data || !known(data.visit)) return;
    const whole = data.series.length > 0 && data.series[0].day === 0 && data.series.length === data.frontier + 1 && !!data.meta;
    if (data.run === run && data.seq <= seq && !(data.seq < seq && whole)) return;
    const reset = data.run !== run || (data.seq < seq && whole);
    if (reset && !whole) { line.send({ type: 'resync' }); return; }
    if (reset) {
      if (data.run !== run) { store.card = null; store.pointed = null; store.target = null; store.playing = false; line.reset(); store.verdicts.forget(); }
      run = data.run; store.rows = []; store.details = new Map(); store.edges = new Map(); store.day = 0; holding = false;
      takeOver();
      mark('reset'); mark('card'); mark('bet'); mark('notice'); mark('play');
    }
    seq = data.seq; store.kept = data.kept ?? '';
    takeParent(data.parent, reset);
    if (data.meta) store.meta = data.meta;
    store.verdicts.receive(data.verdicts ?? []);

    for (const row of data.series) {
      if (row.day < store.rows.length) continue;
      if (row.day > store.rows.length) { line.send({ type: 'resync' }); break; }
      row.before = store.parent?.curves?.alive[row.day] ?? null;
      store.rows.push(row); mark('rows');
    }
    for (const detail of data.details) {
      for (const line of detail.lines) line.judged = detail.judged?.[line.i];
      if (!store.details.has(detail.day)) { store.details.set(detail.day, detail); mark('detail'); }
    }
    const along = !!store.asking?.busy && store.day === store.frontier;  // rests on the newest while more are being lived
    store.frontier = Math.min(data.frontier, store.rows.length - 1);
    if (store.finished !== data.finished) { store.finished = data.finished; mark('rows'); }
    if (data.presentation && reset) store.presenting = true;
    if (store.failing !== (data.failing ?? '')) { store.failing = data.failing ?? ''; mark('notice'); }
    if (!same(store.notice, data.notice)) { store.notice = data.notice; mark('notice'); }
    if (!same(store.asking, data.asking ?? null)) { store.asking = data.asking ?? null; mark('asking'); }
    clearTimeout(looking);
    if (store.asking?.busy) looking = setTimeout(line.look, LOOK);
    if (!same(store.bet, data.bet)) { store.bet = data.bet; mark('bet'); }
    if (!data.card) closing = false;
    if (!closing && !same(store.card, data.card) && (data.card || !line.waitsFor('card'))) { store.card = data.card; mark('card'); }

    if (!same(store.filter, data.filter)) { store.filter = data.filter ?? {}; mark('filter'); }
    if (data.address !== undefined) keepAddress(data.address);

    const stepping = line.waitsFor('step');                  // only who asked for days, or waits for them, is moved
    line.answered(store);
    if (promised && store.bet && store.bet.given !== null) { promised = false; store.play(true); }
    if (data.notice?.kind === 'error') store.play(false);
    const wanted = reset ? data.show ?? store.frontier : stepping || along ? data.show ?? null : null;
    if (wanted !== null && !holding) {
      const day = Math.min(wanted, store.frontier);
      if (day !== store.day || reset) { store.day = day; mark('day'); prune(); store.need([day]); clearTimeout(resting); }
    } else if (!store.detail) store.need([store.day]);
    holding = false;
    if (store.card && store.card.day !== store.day) line.send({ type: 'card', id: store.card.id, day: store.day });
    if (store.playing && store.finished && store.day >= store.frontier) store.play(false);
    if (data.edge && !same(store.edges.get(data.edge.day), data.edge)) { store.edges.set(data.edge.day, data.edge); mark('edge'); }
    seek();
  }

  return store;
}

function same(a, b) { return a === b || JSON.stringify(a) === JSON.stringify(b); }
