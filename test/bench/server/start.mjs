import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The server in a process of its own, so that whoever asks it does not take its time. */
export async function startSubject() {
  const child = fork(fileURLToPath(new URL('subject.mjs', import.meta.url)), { execArgv: ['--expose-gc'] });
  const [{ url, bare }] = await once(child, 'message');
  const waiting = new Map();
  child.on('message', ({ id, answer }) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  let asked = 0;
  return {
    url,
    bare,
    ask(command) {
      asked += 1;
      const id = asked;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, command });
      });
    },
    async stop() {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}
