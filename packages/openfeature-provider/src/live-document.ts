import {
  type CompiledFlags,
  compileDocument,
  formatProblem,
  type Hash,
  type Problem,
  type Source,
  type SourceChange,
} from '@sluice/core';
import { messageOf } from './message-of.ts';

type OnWarning = (problems: readonly Problem[], sourceName: string) => void;

/** The last good document of a source, and why it may be old. It emits nothing: whoever holds it asks what changed. */
export class LiveDocument {
  readonly #source: Source;
  readonly #onWarning: OnWarning | undefined;
  #flags: CompiledFlags | undefined;
  #error: unknown;

  constructor(source: Source, onWarning: OnWarning | undefined) {
    this.#source = source;
    this.#onWarning = onWarning;
  }

  get flags(): CompiledFlags | undefined {
    return this.#flags;
  }

  /** What there is no document for, or no newer one; `undefined` where all is well. */
  get error(): unknown {
    return this.#error;
  }

  /** `error` in words; the same text as long as it is for the same reason. */
  get reason(): string | undefined {
    return this.#error === undefined ? undefined : messageOf(this.#error);
  }

  /** `reason` for a person, with what is served meanwhile. */
  get problem(): string | undefined {
    const { reason } = this;
    if (reason === undefined || this.#flags === undefined) return reason;
    return `serving version ${this.#flags.version}, the last good one: ${reason}`;
  }

  /** Whether there is a newer document. One that cannot be compiled, as that of somebody else's source may be, is none. */
  take(change: SourceChange, hash: Hash): boolean {
    try {
      if (change.reading === undefined) throw change.error;
      this.#flags = compileDocument(change.reading.document, { hash });
    } catch (error) {
      this.#error = error ?? new Error(`${this.#source.name} failed without a reason`);
      return false;
    }
    this.#error = undefined;
    if (change.reading.warnings.length > 0) this.#warn(change.reading.warnings);
    return true;
  }

  forget(): void {
    this.#flags = undefined;
    this.#error = undefined;
  }

  #warn(warnings: readonly Problem[]): void {
    if (this.#onWarning === undefined) {
      process.emitWarning(`${this.#source.name}\n${warnings.map(formatProblem).join('\n')}`, 'SluiceWarning');
      return;
    }
    try {
      this.#onWarning(warnings, this.#source.name);
    } catch (error) {
      // The document is good; whoever is told of a doubt cannot make it bad.
      process.emitWarning(messageOf(error), 'SluiceWarning');
    }
  }
}
