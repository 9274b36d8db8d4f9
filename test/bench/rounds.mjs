import { startProcess } from './processes.mjs';

/**
 * Nanoseconds per evaluation, by name, one number a round.
 *
 * Every subject has its process, and the rounds of all are interleaved, so that what slows the machine slows them all. The
 * order turns with each round. Processes are made anew for each generation, since two of the same code can differ by a few
 * percent for as long as they live.
 *
 * @param {Record<string, import('./subject.mjs').Specification>} subjects
 * @param {{ generations: number, rounds: number }} plan rounds of each generation
 */
export async function measureRounds(subjects, { generations, rounds }) {
  const names = Object.keys(subjects);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const counts = {};
  for (let generation = 0; generation < generations; generation++) {
    const processes = Object.fromEntries(names.map((name) => [name, startProcess(name, 'rounds')]));
    try {
      for (const name of names) await processes[name].ask('prepare', subjects[name]);
      for (let round = 0; round < rounds; round++) {
        for (const name of turned(names, round)) times[name].push(await processes[name].ask('round'));
      }
      for (const name of names) counts[name] = await processes[name].ask('finish');
    } finally {
      for (const name of names) processes[name].stop();
    }
  }
  return { times, counts };
}

/** Every subject comes first equally often, and forwards and backwards take turns. */
function turned(names, round) {
  const start = Math.floor(round / 2) % names.length;
  const order = [...names.slice(start), ...names.slice(0, start)];
  return round % 2 === 0 ? order : order.reverse();
}
