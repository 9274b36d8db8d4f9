import { atMost } from '../goals.mjs';
import { measureRounds } from '../rounds.mjs';
import { median, ratioOf } from '../statistics.mjs';
import { number, ratio } from '../table.mjs';

const rivals = ['constant', 'in-memory', 'sluice', 'flagd-core', 'growthbook', 'launchdarkly', 'unleash'];
const precise = ['constant', 'constant again', 'sluice'];

/** Through the OpenFeature client. The goal is a few percent, so the pair it is about is also measured with more care. */
export async function client({ rounds }) {
  const goals = [];
  const tables = [];
  for (const type of ['object', 'boolean']) {
    const table = await timed(`OpenFeature client, ${type} flag, the precise pair`, precise, type, {
      generations: 8,
      rounds,
    });
    const sluice = table.results.find((row) => row.name === 'sluice');
    goals.push(atMost(`client, ${type} flag: time over a constant provider's`, sluice.ratio, 1.05));
    tables.push(table);
  }
  tables.push(await timed('OpenFeature client, object flag, everybody', rivals, 'object', { generations: 1, rounds }));
  return { tables, goals };
}

async function timed(title, names, type, plan) {
  const subjects = Object.fromEntries(
    names.map((name) => [name, { peer: name === 'constant again' ? 'constant' : name, path: 'client', type }]),
  );
  const { times } = await measureRounds(subjects, plan);
  const results = names.map((name) => ({
    name,
    nanoseconds: median(times[name]),
    ...ratioOf(times[name], times.constant),
  }));
  return {
    title,
    columns: ['ns', 'x constant', 'half of the rounds'],
    rows: results.map((row) => [row.name, number(row.nanoseconds), ...ratio(row)]),
    results,
  };
}
