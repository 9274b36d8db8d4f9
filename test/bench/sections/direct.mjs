import { atLeast } from '../goals.mjs';
import { askOnce } from '../processes.mjs';
import { measureRounds } from '../rounds.mjs';
import { median, ratioOf } from '../statistics.mjs';
import { number, ratio } from '../table.mjs';

const names = ['sluice', 'flagd-core', 'growthbook', 'launchdarkly', 'unleash'];
const timesAsFast = { 'flagd-core': 5, growthbook: 20, launchdarkly: 20 };

/** Each SDK's own function, in its process, without OpenFeature. */
export async function direct({ rounds }) {
  const tables = [];
  const goals = [];
  for (const type of ['object', 'boolean']) {
    const subjects = Object.fromEntries(names.map((peer) => [peer, { peer, path: 'direct', type }]));
    const { times } = await measureRounds(subjects, { generations: 1, rounds });
    const rows = [];
    for (const name of names) {
      const over = ratioOf(times[name], times.sluice);
      const bytes = await askOnce(name, 'bytes', 'bytes', subjects[name]);
      rows.push({ name, nanoseconds: median(times[name]), ...over, bytes });
      const limit = type === 'object' ? timesAsFast[name] : undefined;
      if (limit !== undefined) goals.push(atLeast(`direct: times as fast as ${name}`, over.ratio, limit));
    }
    tables.push({
      title: `Direct evaluation, ${type} flag`,
      columns: ['ns', 'x sluice', 'half of the rounds', 'bytes each'],
      rows: rows.map((row) => [row.name, number(row.nanoseconds), ...ratio(row), number(row.bytes)]),
      results: rows,
    });
  }
  return { tables, goals };
}
