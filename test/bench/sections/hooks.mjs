import { atMost } from '../goals.mjs';
import { measureRounds } from '../rounds.mjs';
import { median, ratioOf } from '../statistics.mjs';
import { number, ratio } from '../table.mjs';

/** Few enough to come round often: nearly every evaluation is of a unit that was exposed before. */
const UNITS = 10_000;

const subject = (hook, units) => ({ peer: 'sluice', path: 'client', type: 'object', hook, units, ids: UNITS });

const subjects = {
  'empty hook': subject('empty', 'repeat'),
  'empty hook again': subject('empty', 'repeat'),
  QualityHook: subject('quality', 'repeat'),
  'empty hook, new units': subject('empty', 'new'),
  'QualityHook, new units': subject('quality', 'new'),
};

const bases = { 'empty hook, new units': 'empty hook, new units', 'QualityHook, new units': 'empty hook, new units' };

/** Sluice with a recording hook over Sluice with a hook that does nothing: what measuring costs, not what hooks cost. */
export async function hooks({ rounds }) {
  const { times, counts } = await measureRounds(subjects, { generations: 5, rounds });
  const results = Object.keys(subjects).map((name) => ({
    name,
    nanoseconds: median(times[name]),
    ...ratioOf(times[name], times[bases[name] ?? 'empty hook']),
    recorded: counts[name]?.stored,
    dropped: counts[name]?.dropped,
  }));
  const table = {
    title: 'Sluice through the OpenFeature client with a hook, object flag',
    columns: ['ns', 'x empty hook', 'half of the rounds', 'recorded', 'dropped'],
    rows: results.map((row) => [
      row.name,
      number(row.nanoseconds),
      ...ratio(row),
      number(row.recorded),
      number(row.dropped),
    ]),
    results,
  };
  const quality = results.find((row) => row.name === 'QualityHook');
  return { tables: [table], goals: [atMost("QualityHook: time over an empty hook's", quality.ratio, 1.15)] };
}
