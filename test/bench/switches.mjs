import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { redisSource, redisSwitches } from '@sluice/redis';
import { startRedis } from '@sluice-test/services';
import { Redis } from 'ioredis';
import { startFleet } from './switches-fleet.mjs';
import { CHANNEL, DOCUMENT, now, SWITCH } from './switches-job.mjs';
import { describeAcknowledgements, describePart } from './switches-results.mjs';
import { measureAcknowledgements, measureRounds } from './switches-rounds.mjs';
import { formatGoals, formatTable } from './table.mjs';

const USAGE = `Usage: pnpm bench:switches [--rounds N] [--processes N] [--clients N] [--json]

  --rounds     kills in each of the two parts, 30 by default
  --processes  50 by default
  --clients    in each process, 4 by default
  --json       the numbers as JSON, on the last line of stdout

Ends with 1 where a goal is missed, and with 2 where it was asked for something that it does not know.`;

/** How many processes are busy in the second part, and with how many evaluations a second each. */
const BUSY_PROCESSES = 3;
const EVALUATIONS_PER_SECOND = 20_000;
const ACKNOWLEDGEMENT_ROUNDS = 10;

function readOptions() {
  const { values } = parseArgs({
    // pnpm hands the separating dashes on.
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      rounds: { type: 'string', default: '30' },
      processes: { type: 'string', default: '50' },
      clients: { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const counts = Object.entries(values).filter(([, value]) => typeof value === 'string');
  for (const [name, value] of counts) {
    if (!/^[1-9]\d*$/.test(value)) throw new Error(`--${name} is ${value} and must be 1 or more`);
  }
  return { ...values, ...Object.fromEntries(counts.map(([name, value]) => [name, Number(value)])) };
}

async function main(options) {
  const server = await startRedis();
  const [redis, publisher] = [new Redis(server.url), new Redis(server.url)];
  const source = redisSource(redis);
  const operator = redisSwitches(redis);
  let fleet;
  try {
    await source.writeText({ text: DOCUMENT, expected: null, by: 'bench', why: 'begin', summary: 'begin' });
    const payload = await payloadOfAKill(server.url, operator);
    const [, version] = /redis_version:(\S+)/.exec(await redis.info('server')) ?? [];
    console.log(`node ${process.version} on ${cpus().length} x ${cpus()[0]?.model.trim()}, Redis ${version}`);
    const began = now();
    fleet = await startFleet({ url: server.url, ...options });
    const total = options.processes * options.clients;
    console.log(
      `${total} clients in ${options.processes} processes, started in ${Math.round((now() - began) / 1e3)} s`,
    );
    console.log(`${payload.length} bytes in the message of a kill\n`);

    const plan = { fleet, operator, publisher, payload, rounds: options.rounds };
    const quiet = describePart('quiet', await measureRounds(plan));
    await fleet.ask(BUSY_PROCESSES, 'evaluate', EVALUATIONS_PER_SECOND);
    const measured = await measureRounds(plan);
    const rates = await fleet.ask(BUSY_PROCESSES, 'evaluate', 0);
    const busy = describePart('busy', measured, { rates, asked: EVALUATIONS_PER_SECOND });
    const acknowledged = describeAcknowledgements(
      await measureAcknowledgements({ operator, clients: total, rounds: ACKNOWLEDGEMENT_ROUNDS }),
    );

    const parts = [quiet, busy, acknowledged];
    for (const part of parts) console.log(`${formatTable(part.table)}\n`);
    const goals = parts.flatMap((part) => part.goals);
    console.log(formatGoals(goals));
    if (options.json) console.log(JSON.stringify({ options, results: parts.map((part) => part.results), goals }));
    return goals.every((goal) => goal.passed) ? 0 : 1;
  } finally {
    await fleet?.stop();
    await operator.close();
    await source.close();
    for (const client of [redis, publisher]) client.disconnect();
    await server.stop();
  }
}

/** What Redis publishes for a kill, caught on its way, so that the bare subscribers get as much. */
async function payloadOfAKill(url, operator) {
  const subscriber = new Redis(url);
  await subscriber.subscribe(CHANNEL);
  const message = new Promise((resolve) => subscriber.once('message', (_, text) => resolve(text)));
  const author = { by: 'bench', why: 'to see how long it takes' };
  await operator.set({ switch: SWITCH }, { ...author, on: false, since: Date.now() });
  await operator.set({ switch: SWITCH }, { ...author, on: true, since: Date.now() });
  const payload = await message;
  subscriber.disconnect();
  return payload;
}

try {
  const options = readOptions();
  if (options.help) console.log(USAGE);
  else process.exitCode = await main(options);
} catch (error) {
  const misused = error.code?.startsWith('ERR_PARSE_ARGS') || error.message.startsWith('--');
  console.error(misused ? `${error.message}\n\n${USAGE}` : error);
  process.exitCode = misused ? 2 : 1;
}
