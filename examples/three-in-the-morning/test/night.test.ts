import { describe, expect, it } from 'vitest';
import { spendNight } from '../src/night.ts';

describe('a night', () => {
  it('sees every service stop with 503 and Retry-After, and go on', async () => {
    const { before, killed, restored } = await spendNight(2);
    const atWork = ['service-1', 'service-2'].map((name) => ({
      status: 200,
      retryAfter: null,
      text: `${name}: the agent is at work`,
    }));
    expect(before).toEqual(atWork);
    const refusal = JSON.stringify({ error: 'Feature temporarily disabled', retry_after: 300 });
    expect(killed).toEqual(atWork.map(() => ({ status: 503, retryAfter: '300', text: refusal })));
    expect(restored).toEqual(atWork);
  });
});
