import type { SwitchChange, SwitchStates } from '@sluice/core';

/**
 * The newest switch states that came, by whichever way, and why they may be old. It tells each change of the two, and the
 * same states again where they were doubted.
 */
export class KnownSwitches {
  readonly #tell: (change: SwitchChange) => void;
  #states: SwitchStates | undefined;
  /** ms since the epoch. */
  #rightAt: number | undefined;
  #failure: Error | undefined;

  constructor(tell: (change: SwitchChange) => void) {
    this.#tell = tell;
  }

  /** Less than any other before there are states. */
  get revision(): number {
    return this.#states?.revision ?? -1;
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  /** False, and nothing happens, for states that are older than those that are known. */
  take(states: SwitchStates): boolean {
    if (states.revision < this.revision) return false;
    const isNews = states.revision > this.revision || this.#failure !== undefined;
    this.#rightAt = Date.now();
    this.#failure = undefined;
    if (isNews) {
      this.#states = states;
      this.#tell({ states });
    }
    return true;
  }

  fail(error: Error): void {
    const isNews = error.message !== this.#failure?.message;
    this.#failure = error;
    if (isNews) this.#tell({ error, ...(this.#rightAt === undefined ? {} : { asOf: this.#rightAt }) });
  }

  forget(): void {
    this.#states = undefined;
    this.#rightAt = undefined;
    this.#failure = undefined;
  }
}
