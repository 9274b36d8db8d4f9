/** So many that an attacker with a network of addresses cannot fill the memory. */
const MOST_BUCKETS = 100_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** Buckets that fill at a steady rate, each up to `burst`; one for each name. */
export class TokenBuckets {
  readonly #perMs: number;
  readonly #burst: number;
  /** In order of last use, because a name that is used again is moved to the end. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number, burst: number) {
    this.#perMs = perSecond / 1000;
    this.#burst = burst;
  }

  /** Takes one token and returns 0, or takes none and returns how long the next one takes, in ms. */
  take(name: string, now: number): number {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      this.#add(name, now);
      return 0;
    }
    this.#buckets.delete(name);
    this.#buckets.set(name, bucket);
    bucket.tokens = Math.min(this.#burst, bucket.tokens + Math.max(0, now - bucket.at) * this.#perMs);
    bucket.at = now;
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / this.#perMs);
    bucket.tokens -= 1;
    return 0;
  }

  #add(name: string, now: number): void {
    if (this.#buckets.size >= MOST_BUCKETS) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    this.#buckets.set(name, { tokens: this.#burst - 1, at: now });
  }
}
