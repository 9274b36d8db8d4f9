import type { AuditEntry, Author } from './audit.ts';

/** The state of one switch, or of one flag that was killed, kept apart from the document so that it needs no deploy. */
export interface SwitchState extends Author {
  readonly on: boolean;
  /** ms since the epoch. */
  readonly since: number;
  readonly retryAfterSeconds?: number;
  /** ms since the epoch; from then on the document decides again. */
  readonly expiresAt?: number;
}

/** What a state belongs to: a switch, whether the document declares it or not, or a flag that is killed by itself. */
export type SwitchTarget =
  | { readonly switch: string; readonly flag?: never }
  | { readonly flag: string; readonly switch?: never };

/** What is switched at this moment. It beats the document. */
export interface SwitchStates {
  /** Grows with each change; 0 before the first. */
  readonly revision: number;
  readonly switches: ReadonlyMap<string, SwitchState>;
  /** Flags killed one by one: they serve control. */
  readonly flags: ReadonlyMap<string, SwitchState>;
}

/** A process that follows the switches, and how far it has come. */
export interface Follower {
  /** Names the process for a person, such as `web-7f9c:4121:a81b`. */
  readonly id: string;
  /** Of the switch states that it applies. */
  readonly revision: number;
  /** When it said so last, ms since the epoch by the store's clock. */
  readonly at: number;
}

export type SwitchChange =
  | { readonly states: SwitchStates; readonly error?: never; readonly asOf?: never }
  | {
      readonly error: Error;
      /** Until when what was known last is known to have been right, ms since the epoch. @default until the first error */
      readonly asOf?: number;
      readonly states?: never;
    };

/** Keeps switch states and tells every process of a change. */
export interface SwitchStore {
  /** What a person calls it, for messages, such as `redis sluice`. */
  readonly name: string;
  /** @throws rejects, within seconds, where the store cannot be reached or has lost what it once knew. */
  read(): Promise<SwitchStates>;
  /**
   * Calls `listener` for each state later than the last `read`, until `close`: new states, or the error for which what was
   * known last may be old. A store that can be reached again tells its states again, also unchanged, so that a listener
   * can clear the error.
   */
  watch(listener: (change: SwitchChange) => void): void;
  /** Resolves with the new revision once the change is kept, and its audit entry with it. */
  set(target: SwitchTarget, state: SwitchState): Promise<number>;
  /** Takes back what was set, so that the document decides again; resolves with the new revision. */
  clear(target: SwitchTarget, author: Author): Promise<number>;
  /** The last changes, newest first. */
  audit(limit: number): Promise<readonly AuditEntry[]>;
  /** Who follows, as far as the store is told; a store without this knows nothing of its readers. */
  followers?(): Promise<readonly Follower[]>;
  /** Says for a process that has no connection of its own how far it has come. */
  acknowledge?(follower: Omit<Follower, 'at'>): Promise<void>;
  /** Ends watching and lets go of everything. Idempotent. */
  close(): Promise<void>;
}
