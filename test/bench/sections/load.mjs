import { atLeast, atMost } from '../goals.mjs';
import { askOnce } from '../processes.mjs';
import { measureRounds } from '../rounds.mjs';
import { median, ratioOf } from '../statistics.mjs';
import { number, ratio } from '../table.mjs';

const FLAGS = 10_000;
const STARTS = 5;

/** A document of many flags: read and checked, kept in memory, and asked. */
export async function load({ rounds }) {
  const loading = await loadTimes();
  const asking = await evaluationTimes(rounds);
  return { tables: [loading.table, asking.table], goals: [...loading.goals, ...asking.goals] };
}

/** Each start is a new process, as it is for a service. */
async function loadTimes() {
  const subjects = {
    sluice: { peer: 'sluice' },
    'sluice, each asked once': { peer: 'sluice', askEach: true },
    'flagd-core': { peer: 'flagd-core' },
  };
  const names = Object.keys(subjects);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let start = 0; start < STARTS; start++) {
    for (const name of names) {
      times[name].push(await askOnce(name, 'start', 'load', { ...subjects[name], count: FLAGS }));
    }
  }
  const [atStart, again] = ['start', 'again'].map((when) =>
    Object.fromEntries(names.map((name) => [name, times[name].map((each) => each[when])])),
  );
  const results = [];
  for (const name of names) {
    results.push({
      name,
      start: { milliseconds: median(atStart[name]), ...ratioOf(atStart[name], atStart.sluice) },
      again: { milliseconds: median(again[name]), ...ratioOf(again[name], again.sluice) },
      heapPerFlag: await askOnce(name, 'start', 'heap', { ...subjects[name], count: FLAGS }),
    });
  }
  const [sluice, , flagd] = results;
  const cells = (row) => [number(row.milliseconds), ...ratio(row)];
  return {
    table: {
      title: `${number(FLAGS)} flags from JSON text, validation included`,
      columns: [
        'ms at start',
        'x sluice',
        'half of the starts',
        'ms again',
        'x sluice',
        'half of them',
        'heap bytes a flag',
      ],
      rows: results.map((row) => [row.name, ...cells(row.start), ...cells(row.again), number(row.heapPerFlag)]),
      results,
    },
    goals: [
      atLeast(`load of ${number(FLAGS)} flags at start: times as fast as flagd-core`, flagd.start.ratio, 5),
      atMost('heap bytes a flag', sluice.heapPerFlag, 3072),
    ],
  };
}

async function evaluationTimes(rounds) {
  const few = '2 flags';
  const many = `${number(FLAGS)} flags, the same one asked`;
  const each = `${number(FLAGS)} flags, each asked in turn`;
  const subject = (options) => ({ peer: 'sluice', path: 'direct', type: 'object', options });
  const fillers = FLAGS - 2;
  const { times } = await measureRounds(
    { [few]: subject({}), [many]: subject({ fillers }), [each]: subject({ fillers, everyFlag: true }) },
    { generations: 3, rounds },
  );
  const results = Object.keys(times).map((name) => ({
    name,
    nanoseconds: median(times[name]),
    ...ratioOf(times[name], times[few]),
  }));
  const [, of] = results;
  return {
    table: {
      title: 'Sluice, direct evaluation of an object flag by size of the document',
      columns: ['ns', 'x 2 flags', 'half of the rounds'],
      rows: results.map((row) => [row.name, number(row.nanoseconds), ...ratio(row)]),
      results,
    },
    goals: [atMost(`direct: time with ${number(FLAGS)} flags over that with 2`, of.ratio, 1.2)],
  };
}
