import { atLeast } from '../goals.mjs';
import { measureRounds } from '../rounds.mjs';
import { median, ratioOf } from '../statistics.mjs';
import { number, ratio } from '../table.mjs';

const vendors = ['flagd-core', 'flagsmith', 'growthbook', 'launchdarkly', 'unleash'];

/** Each vendor's definitions, evaluated by its own SDK and, imported, by Sluice. */
export async function imports({ rounds }) {
  const tables = [];
  const goals = [];
  for (const type of ['object', 'boolean']) {
    const results = [];
    for (const vendor of vendors) {
      const { times } = await measureRounds(
        {
          imported: { peer: 'imported', path: 'direct', type, options: { vendor } },
          [vendor]: { peer: vendor, path: 'direct', type },
        },
        { generations: 1, rounds },
      );
      const over = ratioOf(times[vendor], times.imported);
      results.push({ name: vendor, imported: median(times.imported), sdk: median(times[vendor]), ...over });
      goals.push(atLeast(`imported, ${type} flag: times as fast as ${vendor}`, over.ratio, 1));
    }
    tables.push({
      title: `The same definitions, imported and by the vendor's SDK, ${type} flag`,
      columns: ['ns imported', 'ns SDK', 'x imported', 'half of the rounds'],
      rows: results.map((row) => [row.name, number(row.imported), number(row.sdk), ...ratio(row)]),
      results,
    });
  }
  return { tables, goals };
}
