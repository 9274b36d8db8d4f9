import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startClient } from './switches-client.mjs';
import { BARE_CHANNEL, now } from './switches-job.mjs';

/** What was seen is checked and told when all have seen it: either takes time from those who have not. */
const QUIET_MS = 100;

/** Evaluations come in batches, one of them each turn of the loop, as requests do; a batch is never longer than this. */
const BATCH_MS = 2;
const MOST_IN_A_BATCH = 250;

const url = process.argv[2];
const count = Number(process.argv[3]);
const clients = [];
let evaluationsPerSecond = 0;
let evaluated = 0;
let since = 0;

/** What this process has seen of the change that is under way. */
let seen = [];

function note(what, at, client) {
  seen.push({ at, client });
  if (seen.length < count) return;
  const all = seen;
  seen = [];
  setTimeout(() => void tell(what, all), QUIET_MS);
}

async function tell(what, all) {
  const told = [];
  for (const { at, client } of all) {
    await client?.evaluate();
    told.push({
      at,
      wrong: client?.wrong ?? 0,
      toldAt: client?.toldAt,
      ...(evaluationsPerSecond > 0 && { polledAt: client?.seenAt }),
    });
  }
  process.send({ what, seen: told });
}

async function startBareSubscriber() {
  const subscriber = new Redis(url);
  subscriber.on('message', () => note('bare', now()));
  await subscriber.subscribe(BARE_CHANNEL);
}

async function evaluateSteadily() {
  const mine = since;
  while (evaluationsPerSecond > 0 && since === mine) {
    const due = ((now() - since) / 1_000) * evaluationsPerSecond;
    for (let batch = 0; evaluated < due && batch < MOST_IN_A_BATCH; batch++) {
      await clients[evaluated++ % count].evaluate();
    }
    await pause(BATCH_MS);
  }
}

const commands = {
  /** Begins to evaluate that often, or ends it with 0; says how often it was since the last time. */
  evaluate(perSecond) {
    const achieved = (evaluated * 1_000) / (now() - since);
    [evaluated, since, evaluationsPerSecond] = [0, now(), perSecond];
    if (perSecond > 0) void evaluateSteadily();
    return achieved;
  },
};

process.on('message', ({ command, argument }) => process.send({ answer: commands[command](argument) }));
process.on('disconnect', () => process.exit());

for (let index = 0; index < count; index++) {
  await startBareSubscriber();
  clients.push(await startClient(url, `client-${index}`, (client, at, what) => note(what, at, client)));
}
process.send({ answer: 'ready' });
