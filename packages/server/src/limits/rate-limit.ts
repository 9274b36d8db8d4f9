import { Refusal } from '../refusal.ts';
import type { Limits } from './limits.ts';
import { TokenBuckets } from './token-bucket.ts';

/** Refuses who asks too often. */
export class RateLimit {
  readonly #buckets: TokenBuckets;

  constructor({ requestsPerSecond, requestBurst }: Limits) {
    this.#buckets = new TokenBuckets(requestsPerSecond, requestBurst);
  }

  /** @throws {Refusal} 429 with `Retry-After` in whole seconds. */
  take(name: string): void {
    const waitMs = this.#buckets.take(name, performance.now());
    if (waitMs === 0) return;
    const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)));
    throw new Refusal(429, 'rate', `Too many requests; the next is taken in ${seconds} s.`, { 'Retry-After': seconds });
  }
}
