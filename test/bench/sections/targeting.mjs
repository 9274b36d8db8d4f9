import { atMost } from '../goals.mjs';
import { measureRounds } from '../rounds.mjs';
import { median, ratioOf } from '../statistics.mjs';
import { number, ratio } from '../table.mjs';

const RULES = 1_000;
const TARGETS = 100_000;

/** What many rules on one attribute, and many targets, add to an evaluation. */
export async function targeting({ rounds }) {
  const subject = (options) => ({ peer: 'sluice', path: 'direct', type: 'object', options });
  const [rule, rules] = ['1 rule', `${number(RULES)} rules on one attribute, the last matches`];
  const [few, many] = ['10 targets', `${number(TARGETS)} targets`];
  const { times } = await measureRounds(
    {
      [rule]: subject({ ruleCount: 1 }),
      [rules]: subject({ ruleCount: RULES }),
      [few]: subject({ targetCount: 10 }),
      [many]: subject({ targetCount: TARGETS }),
    },
    { generations: 3, rounds },
  );
  const beside = { [rule]: rule, [rules]: rule, [few]: few, [many]: few };
  const results = Object.keys(beside).map((name) => ({
    name,
    nanoseconds: median(times[name]),
    ...ratioOf(times[name], times[beside[name]]),
  }));
  return {
    tables: [
      {
        title: 'Sluice, direct evaluation of an object flag by how much is targeted',
        columns: ['ns', 'x the few', 'half of the rounds'],
        rows: results.map((row) => [row.name, number(row.nanoseconds), ...ratio(row)]),
        results,
      },
    ],
    goals: [
      atMost(`${number(RULES)} rules on one attribute: time over that of one`, results[1].ratio, 2),
      atMost(`${number(TARGETS)} targets: time over that of 10`, results[3].ratio, 1.2),
    ],
  };
}
