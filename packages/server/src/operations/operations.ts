import type { AuditEntry, Author, DocumentText, Follower, SwitchState, SwitchTarget } from '@sluice/core';

/** What an operator can do, wherever switches and document are kept: in files, on Redis, behind a server. */
export interface Operations {
  /** What a person calls the place, for messages. */
  readonly name: string;
  /** Every switch that is declared or has a state, and every flag that is killed, in order of name. */
  switches(): Promise<readonly SwitchOverview[]>;
  /**
   * Turns a switch off, or kills a flag so that it serves control.
   *
   * @throws {OperationError} for a name that is both a flag's and a switch's, or neither's where the document is known.
   */
  kill(name: string, change: KillChange): Promise<SwitchReceipt>;
  /** Takes a kill back: the switch is on again, or the flag decides again. */
  restore(name: string, change: RestoreChange): Promise<SwitchReceipt>;
  /** @throws {OperationError} for a flag, rule or variant that is not there; {ConflictError} for an edit that came too late. */
  setPercentage(flag: string, change: PercentageChange): Promise<DocumentReceipt>;
  /** The variant becomes the control and the flag's rollout and ramp end. Throws as `setPercentage` does. */
  promote(flag: string, change: PromoteChange): Promise<DocumentReceipt>;
  /** The document as its author wrote it, or `undefined` where there is none yet. @throws {OperationError} where the place keeps no document. */
  document(): Promise<DocumentText | undefined>;
  /** Replaces the whole document. @throws {DocumentError} for a text that is none; {ConflictError} for an edit that came too late. */
  replaceDocument(change: ReplaceChange): Promise<DocumentReceipt>;
  /** The last changes to switches and document, newest first. */
  audit(limit: number): Promise<readonly AuditEntry[]>;
  /** The processes that follow the switches; `undefined` where the place cannot say. */
  followers(): Promise<readonly Follower[] | undefined>;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface SwitchOverview {
  readonly target: SwitchTarget;
  /** What holds now. */
  readonly on: boolean;
  /** Whether the document declares it. */
  readonly declared: boolean;
  /** What was set apart from the document and has not expired. */
  readonly state?: SwitchState;
  readonly retryAfterSeconds: number;
}

interface SwitchChoice extends Author {
  /** @default whichever of the two the document has; a switch where the document cannot be read */
  readonly kind?: 'switch' | 'flag';
}

export interface KillChange extends SwitchChoice {
  readonly retryAfterSeconds?: number;
  /** ms since the epoch; from then on the document decides again. */
  readonly expiresAt?: number;
  /** Take a name that the document does not have: a switch that lives in the store alone. */
  readonly undeclared?: boolean;
}

export interface RestoreChange extends SwitchChoice {}

export interface PercentageChange extends Author {
  /** 0 to 100. */
  readonly percentage: number;
  /** Name of the rule whose rollout is meant. @default the flag's own rollout */
  readonly rule?: string;
  /** What a rollout serves that is only now begun. @default the variant that is not control, where there is one only */
  readonly serve?: string;
  /** Revision of the document that the change was decided on. @default whatever it is now */
  readonly expected?: string;
}

export interface PromoteChange extends Author {
  readonly variant: string;
  /** Revision of the document that the change was decided on. @default whatever it is now */
  readonly expected?: string;
}

export interface ReplaceChange extends Author {
  readonly text: string;
  /** Revision of the document that the change was made from; `null` where there was none. */
  readonly expected: string | null;
}

export interface SwitchReceipt {
  readonly target: SwitchTarget;
  readonly on: boolean;
  /** Of the switch states, for `followers` to be compared with; absent where the document itself was edited. */
  readonly revision?: number;
  /** What the operator should know, in sentences. */
  readonly notes: readonly string[];
}

export interface DocumentReceipt {
  /** Of the document, after the change. */
  readonly revision: string;
  /** What changed, in a line. */
  readonly summary: string;
  /** What is doubtful about the document now, in sentences. */
  readonly notes: readonly string[];
}

/** What was asked for cannot be done; the message names what is there instead. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  /** `unknown`: a name that is not there. `unsupported`: this place never can. `refused`: anything else. */
  readonly reason: 'unknown' | 'unsupported' | 'refused';

  constructor(message: string, reason: OperationError['reason'] = 'refused') {
    super(message);
    this.reason = reason;
  }
}
