import { describe, expect, it } from 'vitest';
import { addressOf } from '../src/limits/address.ts';
import { refused } from './metric.ts';
import { bearer, everyRole, runningServer } from './running-server.ts';

const path = '/ofrep/v1/evaluate/flags/greeting';
const limits = { requestsPerSecond: 0.01, requestBurst: 3 };

describe('who asks too often', () => {
  it('is told by 429 and Retry-After in seconds, and counted', async () => {
    const server = await runningServer({ tokens: everyRole, metricsOpen: true, limits });
    const statuses = [];
    for (let at = 0; at < 5; at++) statuses.push((await server.post(path, { context: {} }, bearer('web'))).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const answer = await server.post(path, { context: {} }, bearer('web'));
    expect(answer.headers.get('retry-after')).toBe('100');
    expect(await answer.json()).toEqual({ errorDetails: expect.stringContaining('100 s') });
    expect(await refused(server, 'rate')).toBe(3);
  });

  it('takes nothing from other tokens, nor does who guesses', async () => {
    const { post } = await runningServer({ tokens: everyRole, limits });
    for (let at = 0; at < 5; at++) await post(path, { context: {} }, bearer('web'));
    for (let at = 0; at < 5; at++) await post(path, { context: {} }, bearer(`guess ${at}`));
    expect((await post(path, { context: {} }, bearer('another guess'))).status).toBe(429);
    expect((await post(path, { context: {} }, bearer('browser'))).status).toBe(200);
  });
});

describe('the address that a limit is for', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8'],
    ['::1', ''],
    [undefined, 'in process'],
  ])('of %s is %j', (remoteAddress, expected) => {
    expect(addressOf({ env: { incoming: { socket: { remoteAddress } } } } as never)).toBe(expected);
  });
});
