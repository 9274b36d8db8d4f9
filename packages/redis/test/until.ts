import { vi } from 'vitest';

/** Asks Redis until what it says is as expected: what another process of the test does, it tells nobody. */
export function until<Value>(assertion: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(assertion, { timeout: 15_000, interval: 20 });
}
