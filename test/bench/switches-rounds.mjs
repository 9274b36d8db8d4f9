import { setTimeout as pause } from 'node:timers/promises';
import { BARE_CHANNEL, now, SWITCH } from './switches-job.mjs';

/** Between two measurements, for what the one before set off to be over: the followers' notes, the processes' reports. */
const REST_MS = 250;

const AUTHOR = { by: 'bench', why: 'to see how long it takes' };

/**
 * Kills, restores, and publishes as much to bare subscribers, in turns, so that what slows the machine slows all of them.
 *
 * @returns for each of `kill`, `restore` and `bare` one entry a round
 */
export async function measureRounds({ fleet, operator, publisher, payload, rounds }) {
  const actions = {
    kill: () => operator.set({ switch: SWITCH }, { ...AUTHOR, on: false, since: Date.now() }),
    restore: () => operator.set({ switch: SWITCH }, { ...AUTHOR, on: true, since: Date.now() }),
    bare: () => publisher.publish(BARE_CHANNEL, payload),
  };
  const measured = { kill: [], restore: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    for (const what of round % 2 === 0 ? ['kill', 'bare', 'restore'] : ['bare', 'kill', 'restore']) {
      await pause(REST_MS * (1 + Math.random()));
      measured[what].push(await measure(what, actions[what], fleet));
    }
  }
  return measured;
}

/** Milliseconds from Redis's answer until each had seen it. Redis publishes before it answers, so the first may be below 0. */
async function measure(what, action, fleet) {
  const all = fleet.all(what);
  const before = now();
  await action();
  const answered = now();
  const seen = await all;
  const polled = seen.filter(({ polledAt }) => polledAt !== undefined);
  return {
    answer: answered - before,
    each: seen.map(({ at }) => at - answered),
    told: seen.map(({ toldAt = answered }) => toldAt - answered),
    polled: polled.map(({ polledAt }) => polledAt - answered),
    wrong: seen.reduce((sum, { wrong }) => sum + wrong, 0),
  };
}

/** Milliseconds from Redis's answer to a change until half of the followers, and until all, had acknowledged it. */
export async function measureAcknowledgements({ operator, clients, rounds }) {
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    await pause(REST_MS * (1 + Math.random()));
    const revision = await operator.set({ switch: SWITCH }, { ...AUTHOR, on: round % 2 === 1, since: Date.now() });
    const answered = now();
    let half;
    for (let come = 0; come < clients; await pause(1)) {
      come = (await operator.followers()).filter((follower) => follower.revision >= revision).length;
      if (come >= clients / 2) half ??= now() - answered;
      if (now() - answered > 10_000) throw new Error(`${come} of ${clients} followers acknowledged within 10 s`);
    }
    measured.push({ half, all: now() - answered });
  }
  return measured;
}
