import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { atLeast } from './goals.mjs';
import { bareRequest, requestsOf } from './server/job.mjs';
import { startSubject } from './server/start.mjs';
import { median, ratioOf } from './statistics.mjs';
import { formatGoals, formatTable, number, ratio } from './table.mjs';

const { values: options } = parseArgs({
  // pnpm hands the separating dashes on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    rounds: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});

/** What one evaluation over HTTP may cost of what HTTP costs anyway. */
const LEAST_OF_BARE = 0.3;

const subject = await startSubject();
const requests = { 'a bare Hono route': bareRequest(subject.bare), ...requestsOf(subject.url) };
const names = Object.keys(requests);
const rates = Object.fromEntries(names.map((name) => [name, []]));
const slowest = Object.fromEntries(names.map((name) => [name, []]));

/** Requests a second over 32 connections, for a moment, so that rounds of all take turns. */
async function load(name, seconds) {
  const result = await autocannon({ ...requests[name], connections: 32, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} failed`);
  return { rate: result.requests.average, p99: result.latency.p99 };
}

console.log(`node ${process.version} on ${cpus().length} x ${cpus()[0]?.model.trim()}`);
for (const name of names) await load(name, 1);
for (let round = 0; round < Number(options.rounds); round++) {
  for (const name of round % 2 === 0 ? names : names.toReversed()) {
    const { rate, p99 } = await load(name, Number(options.seconds));
    rates[name].push(rate);
    slowest[name].push(p99);
  }
}
await subject.stop();

const floor = rates[names[0]];
const ratios = Object.fromEntries(names.map((name) => [name, ratioOf(rates[name], floor)]));
console.log(
  formatTable({
    title: 'Server on loopback, 32 connections, one process beside the one that asks',
    columns: ['requests/s', 'of a bare route', 'middle half', 'p99 ms'],
    rows: names.map((name) => [
      name,
      number(median(rates[name])),
      ...ratio(ratios[name]),
      number(median(slowest[name])),
    ]),
  }),
);
const goals = [
  atLeast('one flag over OFREP, of the requests of a bare route', ratios['one flag'].ratio, LEAST_OF_BARE),
];
console.log(formatGoals(goals));
if (options.json) console.log(JSON.stringify({ rates, ratios, goals }));
process.exitCode = goals.every(({ passed }) => passed) ? 0 : 1;
