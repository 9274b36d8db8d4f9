import { noSwitches, type SwitchChange, type SwitchStates, type SwitchStore, unexpired } from '@sluice/core';
import { ageOf } from './age.ts';
import { messageOf } from './message-of.ts';

/** A longer delay makes `setTimeout` fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * What a switch store said last, without what has expired since, and why it may be old. It emits nothing and throws
 * nothing: whoever holds it asks what changed.
 */
export class LiveSwitches {
  readonly #store: SwitchStore;
  readonly #onExpiry: () => void;
  #states: SwitchStates = noSwitches;
  #inForce: SwitchStates = noSwitches;
  #known = false;
  #reason: string | undefined;
  #asOf = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `onExpiry` is called when a state expires; whoever holds this then calls `expire`. */
  constructor(store: SwitchStore, onExpiry: () => void) {
    this.#store = store;
    this.#onExpiry = onExpiry;
  }

  /**
   * All that the store said last. Evaluations look at these, and at the time: a clock that was ahead for a moment must not
   * take a kill away for good.
   */
  get states(): SwitchStates {
    return this.#states;
  }

  get inForce(): SwitchStates {
    return this.#inForce;
  }

  /** Why the states may be old; the same text as long as the store says the same. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** `reason` for a person, with the age that the states have now. */
  get problem(): string | undefined {
    if (this.#reason === undefined) return undefined;
    const { name } = this.#store;
    if (!this.#known) {
      return `switch states of ${name} could not be read, the document's own values hold: ${this.#reason}`;
    }
    const since = new Date(this.#asOf).toISOString();
    return `switch states of ${name} are ${ageOf(Date.now() - this.#asOf)} old, as of ${since}: ${this.#reason}`;
  }

  take(change: SwitchChange): void {
    try {
      if (change.states === undefined) return this.#fail(change.error, change.asOf);
      this.#inForce = unexpired(change.states, Date.now());
      this.#states = change.states;
    } catch (error) {
      return this.#fail(error, undefined);
    }
    this.#known = true;
    this.#reason = undefined;
    this.#awaitExpiry();
  }

  expire(): void {
    this.#inForce = unexpired(this.#states, Date.now());
    this.#awaitExpiry();
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#states = noSwitches;
    this.#inForce = noSwitches;
    this.#known = false;
    this.#reason = undefined;
  }

  #fail(error: unknown, asOf: number | undefined): void {
    // Until the first error nothing spoke against what was known.
    this.#asOf = asOf ?? (this.#reason === undefined ? Date.now() : this.#asOf);
    this.#reason = messageOf(error);
  }

  #awaitExpiry(): void {
    clearTimeout(this.#timer);
    let next = Number.POSITIVE_INFINITY;
    for (const states of [this.#inForce.switches, this.#inForce.flags]) {
      for (const { expiresAt = next } of states.values()) next = Math.min(next, expiresAt);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.min(Math.max(1, next - Date.now()), LONGEST_DELAY_MS);
    this.#timer = setTimeout(this.#onExpiry, delayMs);
    this.#timer.unref();
  }
}
