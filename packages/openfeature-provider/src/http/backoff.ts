const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** Delays that double with each failure, at random by up to a half shorter, so that many who failed at once come back one by one. */
export class Backoff {
  readonly #firstMs: number;
  #failures = 0;

  /** @param firstMs the first delay, before chance. */
  constructor(firstMs: number = FIRST_MS) {
    this.#firstMs = Math.min(firstMs, FIRST_MS);
  }

  reset(): void {
    this.#failures = 0;
  }

  /** Counts a failure; the delay after it, never shorter than the server asked for. */
  nextMs(error: unknown): number {
    const longest = Math.min(this.#firstMs * 2 ** this.#failures, LONGEST_MS);
    this.#failures++;
    const asked = (error as { readonly retryAfterMs?: number } | undefined)?.retryAfterMs ?? 0;
    return Math.max(longest * (1 - Math.random() / 2), asked);
  }
}
