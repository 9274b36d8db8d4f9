import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { atMost } from './goals.mjs';
import { requestsOf, SECRETS } from './server/job.mjs';
import { startSubject } from './server/start.mjs';
import { median } from './statistics.mjs';
import { formatGoals, formatTable, number } from './table.mjs';

const { values: options } = parseArgs({
  // pnpm hands the separating dashes on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { minutes: { type: 'string', default: '10' } },
});

/** A tenth over what was in use once everything had been compiled and every cache was full. */
const MOST_GROWTH = 1.1;
const STREAMS = 50;

const subject = await startSubject();
const seconds = Math.round(Number(options.minutes) * 60);
const authorization = `Bearer ${SECRETS.web.secret}`;
const end = new AbortController();
const counts = { requests: 0, refused: 0, streams: 0, changes: 0 };

/** Evaluations, documents and records at a rate that leaves time for the rest. */
async function ask() {
  const each = Object.values(requestsOf(subject.url)).map(async (request) => {
    const result = await autocannon({ ...request, connections: 4, overallRate: 400, duration: seconds });
    counts.requests += result['2xx'];
    if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
  });
  await Promise.all(each);
}

/** Streams that are opened, read for a moment and dropped without a word. */
async function follow() {
  while (!end.signal.aborted) {
    const stop = new AbortController();
    const response = await fetch(`${subject.url}/v1/stream`, { headers: { authorization }, signal: stop.signal });
    await response.body.getReader().read();
    stop.abort();
    counts.streams += 1;
  }
}

/** What has no business here: wrong tokens, bodies that are no JSON, requests that are no HTTP. */
async function trouble() {
  const evaluate = `${subject.url}/ofrep/v1/evaluate/flags`;
  const type = { 'content-type': 'application/json' };
  const { port } = new URL(subject.url);
  while (!end.signal.aborted) {
    await fetch(evaluate, {
      method: 'POST',
      headers: { ...type, authorization: `Bearer ${Math.random()}` },
      body: '{}',
    });
    await fetch(evaluate, { method: 'POST', headers: { ...type, authorization }, body: '{' });
    await fetch(`${evaluate}/${Math.random()}`, {
      method: 'POST',
      headers: { ...type, authorization },
      body: '{"context":{}}',
    });
    await new Promise((resolve) =>
      connect(Number(port), '127.0.0.1')
        .on('close', resolve)
        .on('error', () => {})
        .resume()
        .end('NONSENSE\r\n\r\n'),
    );
    counts.refused += 4;
  }
}

async function change() {
  while (!end.signal.aborted) {
    await subject.ask('change');
    counts.changes += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const samples = [];
async function sample() {
  while (!end.signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(1_000, (seconds * 1_000) / 60)));
    samples.push(await subject.ask('memory'));
  }
}

const rest = [...Array.from({ length: STREAMS }, follow), trouble(), change(), sample()];
await ask();
end.abort();
await Promise.all(rest);
await subject.stop();

// The first fifth is warming up.
const settled = samples.slice(Math.floor(samples.length / 5));
const part = Math.max(1, Math.floor(settled.length / 4));
const [first, last] = [settled.slice(0, part), settled.slice(-part)];
const of = (some, member) => median(some.map((each) => each[member]));
const growth = of(last, 'heapUsed') / of(first, 'heapUsed');
const megabytes = (bytes) => number(bytes / 1e6);
console.log(
  formatTable({
    title: `${options.minutes} minutes: ${number(counts.requests)} answers, ${number(counts.refused)} refusals, ${number(counts.streams)} streams, ${number(counts.changes)} changes`,
    columns: ['first quarter', 'last quarter'],
    rows: ['heapUsed', 'rss', 'external'].map((member) => [
      `${member} MB, after a collection`,
      megabytes(of(first, member)),
      megabytes(of(last, member)),
    ]),
  }),
);
const goals = [atMost('heap of the last quarter over that of the first', growth, MOST_GROWTH)];
console.log(formatGoals(goals));
process.exitCode = goals.every(({ passed }) => passed) ? 0 : 1;
