// The process under load: the server, and beside it a bare Hono route on the same HTTP adapter.
import { createHash } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createRecorder } from '@sluice/openfeature-hooks';
import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { createServer } from '@sluice/server';
import { Hono } from 'hono';
import { DOCUMENT, SECRETS } from './job.mjs';

/** Takes records and lets go of them: what a disk costs is no part of this. */
const sink = { name: 'nowhere', write: async () => {}, close: async () => {} };
const switches = memorySwitches();
const source = memorySource(DOCUMENT);

const server = createServer({
  source,
  switches,
  sink,
  recorder: createRecorder({ sink, key: 'a key of the benchmark' }),
  tokens: Object.entries(SECRETS).map(([name, { secret, role }]) => ({
    name,
    role,
    sha256: createHash('sha256').update(secret).digest('hex'),
  })),
  limits: { requestsPerSecond: 1e9, requestBurst: 1e9 },
});
const { url } = await server.listen({ port: 0 });

const bare = new Hono();
bare.post('/bare', async (context) =>
  context.json({ key: 'bare', asked: (await context.req.json()).context !== null }),
);
const http = createHttpServer(getRequestListener(bare.fetch));
await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));

const author = { by: 'soak', why: 'to change something' };
let edits = 0;

const commands = {
  /** Bytes in use once all garbage is gone, and what the server counts. */
  async memory() {
    globalThis.gc?.();
    const { heapUsed, rss, external } = process.memoryUsage();
    return { heapUsed, rss, external };
  },
  /** One kill and one restore, and a document with another percentage. */
  async change() {
    await switches.set({ switch: 'agent' }, { on: false, since: Date.now(), ...author });
    await switches.clear({ switch: 'agent' }, author);
    edits += 1;
    const flags = { ...DOCUMENT.flags };
    flags['flag-0'] = { ...flags['flag-0'], rollout: { percentage: edits % 100, serve: 'young' } };
    source.replace({ ...DOCUMENT, flags });
  },
};

process.on('message', async ({ id, command }) => {
  process.send({ id, answer: await commands[command]() });
});
process.on('disconnect', () => process.exit());
process.send({ url, bare: `http://127.0.0.1:${http.address().port}/bare` });
