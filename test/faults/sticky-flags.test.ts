import { setTimeout as pause, setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { CANDIDATE, CONTROL, documentOfTheTests, STICKY_FLAG } from './document.ts';
import { fault, type Place } from './fault.ts';

const ASSIGNMENT_TIMEOUT_MS = 300;
const UNIT = { targetingKey: 'u1' };

describe.each([
  ['refuses connections', (place: Place) => place.proxy.refuse(), (place: Place) => place.proxy.heal()],
  ['is silent', (place: Place) => place.proxy.cut(), (place: Place) => place.proxy.heal()],
  ['is paused', (place: Place) => place.server.pause(), (place: Place) => place.server.resume()],
])('a sticky flag whose Redis %s', (_, fail, mend) => {
  fault('waits for no longer than it may, then the hash decides', {}, async (place) => {
    const follower = await place.start((redis) => ({ ...redis, assignmentTimeoutMs: ASSIGNMENT_TIMEOUT_MS }));
    const evaluate = () => follower.client.getStringDetails(STICKY_FLAG, 'none', UNIT);
    expect(await evaluate()).toMatchObject({ value: CANDIDATE });
    await place.operator.publish(documentOfTheTests(1));
    await follower.told('the new percentage', 5_000, ({ flagsChanged }) => flagsChanged.includes(STICKY_FLAG));
    expect(await evaluate()).toMatchObject({ value: CANDIDATE });

    await fail(place);
    expect(await settlesBeforeATimer(evaluate)).toMatchObject({ value: CONTROL, reason: 'SPLIT' });
    await follower.noticesTrouble();
    expect(await settlesBeforeATimer(evaluate)).toMatchObject({ value: CONTROL, reason: 'SPLIT' });
    await mend(place);
    await follower.isWell([CANDIDATE, CANDIDATE]);
    expect(await evaluate()).toMatchObject({ value: CANDIDATE });
  });
});

/**
 * Timers of one length end in the order in which they began, and this one begins after the evaluation's: an evaluation that
 * waits for its own and for nothing more is first.
 */
async function settlesBeforeATimer<Details>(evaluate: () => Promise<Details>): Promise<Details> {
  const evaluation = evaluate();
  await turnOfTheLoop();
  const first = await Promise.race([evaluation, pause(ASSIGNMENT_TIMEOUT_MS, 'the timer' as const)]);
  expect(first).not.toBe('the timer');
  return evaluation;
}
