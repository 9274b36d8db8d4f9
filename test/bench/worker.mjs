import { createHook } from 'node:async_hooks';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { BOOLEAN_FLAG, contextOf, IDS, MODELS, makeIds, OBJECT_FLAG } from './job.mjs';
import { peers } from './peers/peers.mjs';
import { makeSubject } from './subject.mjs';

/** Long enough for the optimising compiler to have settled. */
const WARM_UP_MS = 500;
/** Long enough for several collections of the old generation, or a round would have one or none by chance. */
const ROUND_MS = 200;
const EVALUATIONS_PER_TURN = 250;
const CHECKED = 20_000;

/** Whatever is evaluated goes here, so that no evaluation can be left out. */
let kept;

const commands = { prepare, round, promises, bytes, load, heap, finish };

let subject;
let ids;
let units;
let cursor = 0;
let nextId = 0;
let evaluationsPerRound = 0;

process.on('message', async ({ command, argument }) => {
  try {
    process.send({ answer: await commands[command](argument) });
  } catch (error) {
    process.send({ error: error instanceof Error ? error.stack : String(error) });
  }
});

/** Sets the peer up, makes sure that it decides, and lets it run hot. */
async function prepare(specification) {
  subject = await makeSubject(specification);
  units = specification.units ?? 'repeat';
  ids = makeIds(0, specification.ids ?? IDS);
  nextId = ids.length;
  if (!subject.constant && specification.options?.everyFlag !== true) await checkShares(specification.type);
  let count = 1_000;
  for (let spentMs = 0; spentMs < WARM_UP_MS; ) {
    const nanoseconds = await time(count);
    spentMs += (nanoseconds * count) / 1e6;
    count = Math.ceil((ROUND_MS * 1e6) / nanoseconds);
  }
  evaluationsPerRound = count;
}

/** A tenth has to enter, in two equal parts: nobody is timed for doing nothing. */
async function checkShares(type) {
  const found = new Map();
  for (let index = 0; index < CHECKED; index++) {
    const value = subject.valueOf(await subject.evaluate(ids[index % ids.length]));
    const name = type === 'object' ? value?.model : value;
    found.set(name, (found.get(name) ?? 0) + 1);
    if (index % EVALUATIONS_PER_TURN === 0) await turnOfTheLoop();
  }
  const expected =
    type === 'object'
      ? [
          [MODELS.control.model, 0.9],
          [MODELS.fast.model, 0.05],
          [MODELS.strong.model, 0.05],
        ]
      : [
          [false, 0.9],
          [true, 0.1],
        ];
  for (const [name, share] of expected) {
    const seen = (found.get(name) ?? 0) / CHECKED;
    if (Math.abs(seen - share) > 0.01) throw new Error(`${name} was served to ${seen} of the units, not to ${share}`);
  }
}

/**
 * Nanoseconds per evaluation of one round, which begins with an empty young generation. The old one is left alone: sweeping
 * it would go on into the round, and cost the more, the more flags there are.
 */
async function round() {
  globalThis.gc({ type: 'minor' });
  return time(evaluationsPerRound);
}

/** In time of the processor, all threads of this process together: what other programs take of the machine is not counted. */
async function time(count) {
  if (units === 'new') {
    ids = makeIds(nextId, count);
    nextId += count;
    cursor = 0;
  }
  const before = process.cpuUsage();
  if (subject.asynchronous) await runAwaiting(subject.evaluate, count);
  else run(subject.evaluate, count);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1_000) / count;
}

function run(evaluate, count) {
  for (let done = 0; done < count; done++) {
    kept = evaluate(ids[cursor]);
    cursor = cursor + 1 === ids.length ? 0 : cursor + 1;
  }
}

async function runAwaiting(evaluate, count) {
  for (let done = 1; done <= count; done++) {
    kept = await evaluate(ids[cursor]);
    cursor = cursor + 1 === ids.length ? 0 : cursor + 1;
    // As between the requests of a service, or a recorder's timers would never come to their turn.
    if (done % EVALUATIONS_PER_TURN === 0) await turnOfTheLoop();
  }
}

/** Promises made by one call of each kind, nothing of ours awaited in between. */
async function promises(specification) {
  const { client } = await makeSubject(specification);
  const [id] = makeIds(0, 1);
  const count = async (call) => {
    call();
    await turnOfTheLoop();
    let made = 0;
    const hook = createHook({ init: (_, kind) => (made += kind === 'PROMISE' ? 1 : 0) });
    hook.enable();
    call();
    // A callback, and not a promise, ends the count: a promise would be counted.
    await new Promise((resolve) => setImmediate(() => resolve(hook.disable())));
    return made - 1;
  };
  return {
    object: await count(() => client.getObjectDetails(OBJECT_FLAG, MODELS.control, contextOf(id))),
    boolean: await count(() => client.getBooleanValue(BOOLEAN_FLAG, false, contextOf(id))),
  };
}

/** Bytes an evaluation allocates, its context included. The process has a young generation that this does not fill. */
async function bytes(specification) {
  await prepare(specification);
  const count = 5_000;
  const found = [];
  for (let sample = 0; sample < 9; sample++) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    await time(count);
    found.push((process.memoryUsage().heapUsed - before) / count);
  }
  return found.toSorted((a, b) => a - b)[4];
}

/**
 * Milliseconds from text to flags that can be evaluated: in a process that has loaded nothing yet, as at a start, and once
 * more in the same process, as when the document has changed.
 */
async function load({ peer: name, count, askEach }) {
  const peer = await peers[name].load();
  const text = peer.flagsText(count);
  const once = () => {
    kept = undefined;
    globalThis.gc();
    const began = performance.now();
    kept = peer.load(text);
    if (askEach) peer.askEach(kept);
    return performance.now() - began;
  };
  const milliseconds = { start: once(), again: once() };
  if (peer.countOf(kept) !== count) throw new Error(`${peer.countOf(kept)} flags were loaded, not ${count}`);
  return milliseconds;
}

/** Bytes of heap a flag that stay once each was asked, the text and everything else of the reading let go. */
async function heap({ peer: name, count }) {
  const peer = await peers[name].load();
  // The code itself is no flag's; a small document brings it in.
  kept = peer.load(peer.flagsText(10));
  const empty = settledHeap();
  kept = peer.load(peer.flagsText(count));
  peer.askEach?.(kept);
  return (settledHeap() - empty) / count;
}

function settledHeap() {
  for (let pass = 0; pass < 4; pass++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** What the recorder has counted, where there is one. */
async function finish() {
  await subject?.recorder?.flush();
  return subject?.recorder?.counts();
}
