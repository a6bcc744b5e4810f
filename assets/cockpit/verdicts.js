// A person's word on labels: what Python has on record, and what was said since and is not confirmed.

export function createVerdicts(send) {
  let known = new Map();
  const unheard = new Map();            // place and behaviour -> what was said of it
  const key = ({ day, i }, behaviour) => `${day}:${i}:${behaviour}`;

  return {
    // 'right', 'wrong' or null.
    of(at, behaviour) {
      const place = key(at, behaviour);
      return unheard.has(place) ? unheard.get(place).verdict : known.get(place) ?? null;
    },

    say({ day, i }, behaviour, verdict) {
      unheard.set(key({ day, i }, behaviour), { day, i, behaviour, verdict });
      send([...unheard.values()]);
    },

    // Of a message: all that is on record.
    receive(list) {
      known = new Map(list.map(([day, i, behaviour, verdict]) => [key({ day, i }, behaviour), verdict]));
      for (const [place, { verdict }] of unheard) if ((known.get(place) ?? null) === verdict) unheard.delete(place);
    },

    heard(said) { return said.every((one) => !unheard.has(key(one, one.behaviour)) || unheard.get(key(one, one.behaviour)).verdict !== one.verdict); },

    forget() { known = new Map(); unheard.clear(); },
  };
}
