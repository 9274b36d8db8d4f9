import { fork } from 'node:child_process';

/** Together at a start, because a process takes a processor for itself while it loads. */
const STARTED_AT_ONCE = 4;

/** Long past anything that should happen; what is missing then will not come. */
const PATIENCE_MS = 20_000;

/** Processes that each hold `clients` OpenFeature clients and as many bare subscribers. */
export async function startFleet({ url, processes, clients }) {
  const members = [];
  for (let first = 0; first < processes; first += STARTED_AT_ONCE) {
    const together = Math.min(STARTED_AT_ONCE, processes - first);
    const started = Array.from({ length: together }, () => startMember(url, clients));
    members.push(...started);
    await Promise.all(started.map((member) => member.hears('answer')));
  }
  return {
    /** Resolves with what every client, or every bare subscriber, has seen. */
    all: async (what) => (await Promise.all(members.map((member) => member.hears(what)))).flat(),
    ask: (count, command, argument) =>
      Promise.all(members.slice(0, count).map((member) => member.ask(command, argument))),
    stop: () => Promise.all(members.map((member) => member.stop())),
  };
}

function startMember(url, clients) {
  const child = fork(new URL('./switches-follower.mjs', import.meta.url), [url, clients].map(String));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const hears = (what) =>
    new Promise((resolve, reject) => {
      const settle = (outcome, value) => {
        child.off('message', heard);
        child.off('exit', gone);
        clearTimeout(patience);
        outcome(value);
      };
      const heard = (message) => {
        if ('answer' in message ? what === 'answer' : what === message.what)
          settle(resolve, message.answer ?? message.seen);
      };
      const gone = (code) => settle(reject, new Error(`process ${number} ended with ${code}`));
      const patience = setTimeout(
        () => settle(reject, new Error(`process ${number} did not say ${what} in time`)),
        PATIENCE_MS,
      );
      child.on('message', heard);
      child.on('exit', gone);
    });
  return {
    hears,
    ask(command, argument) {
      const answer = hears('answer');
      child.send({ command, argument });
      return answer;
    },
    stop() {
      if (child.connected) child.disconnect();
      return ended;
    },
  };
}
