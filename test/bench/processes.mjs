import { fork } from 'node:child_process';

/** What Node is started with, by what is measured. */
const flags = {
  // Helpers of the garbage collector spin while they wait for each other, which their time of the processor cannot tell
  // from work; on one thread it is work alone.
  rounds: ['--expose-gc', '--single-threaded-gc'],
  // A young generation that is never full while bytes are counted.
  bytes: ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'],
  // As a service starts.
  start: ['--expose-gc'],
};

/**
 * One process of the benchmark. It works only while it is asked something, and the parent asks one at a time.
 *
 * @param {keyof typeof flags} purpose
 */
export function startProcess(name, purpose) {
  const child = fork(new URL('./worker.mjs', import.meta.url), { execArgv: flags[purpose] });
  return {
    ask: (command, argument) =>
      new Promise((resolve, reject) => {
        const settle = (message) => {
          child.off('exit', gone);
          if (message.error === undefined) resolve(message.answer);
          else reject(new Error(`${name}: ${message.error}`));
        };
        const gone = (code) => reject(new Error(`${name}: its process ended with ${code}`));
        child.once('message', settle);
        child.once('exit', gone);
        child.send({ command, argument });
      }),
    stop: () => child.kill(),
  };
}

/** Asks a process of its own, made for this one question. */
export async function askOnce(name, purpose, command, argument) {
  const process = startProcess(name, purpose);
  try {
    return await process.ask(command, argument);
  } finally {
    process.stop();
  }
}
