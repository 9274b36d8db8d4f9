/** The state of one switch, or of one flag that was killed, kept apart from the document so that it needs no deploy. */
export interface SwitchState {
  readonly on: boolean;
  /** ms since the epoch. */
  readonly since: number;
  readonly by: string;
  readonly why: string;
  readonly retryAfterSeconds?: number;
  /** ms since the epoch; from then on the document decides again. */
  readonly expiresAt?: number;
}

/** What is switched at this moment. It beats the document. */
export interface SwitchStates {
  readonly switches: ReadonlyMap<string, SwitchState>;
  /** Flags killed one by one: they serve control. */
  readonly flags: ReadonlyMap<string, SwitchState>;
}

/** Keeps switch states and tells every process of a change. */
export interface SwitchStore {
  readonly name: string;
  read(): Promise<SwitchStates>;
  watch(listener: (states: SwitchStates) => void): void;
  set(target: { readonly switch: string } | { readonly flag: string }, state: SwitchState): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}
