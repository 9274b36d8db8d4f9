import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EvaluationContext, JsonValue, ResolutionDetails } from '@openfeature/core';
import {
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type TrackingEventDetails,
} from '@openfeature/server-sdk';
import {
  type AssignmentStore,
  type CompiledFlags,
  changedFlags,
  compileDocument,
  failure,
  formatProblem,
  type Hash,
  type Problem,
  type Reading,
  type Recorder,
  type Source,
  type SourceChange,
  type ValueType,
} from '@sluice/core';
import { loadFastHash } from './fast-hash.ts';
import { memoryAssignments } from './memory-assignments.ts';
import { toResolution } from './resolution.ts';
import { StickyEvaluations } from './sticky-evaluations.ts';

const DEFAULT_ASSIGNMENT_TIMEOUT_MS = 50;

export interface SluiceProviderOptions {
  /** Receives what the client tracks; flushed, not closed, when the provider shuts down. */
  readonly recorder?: Recorder;
  /** Keeps what sticky flags gave; closed by whoever made it. @default `memoryAssignments()` */
  readonly assignments?: AssignmentStore;
  /** How long an evaluation of a sticky flag waits for `assignments`; then its hash decides. @default 50 */
  readonly assignmentTimeoutMs?: number;
  /** Told what is doubtful about each document that was read. @default a process warning named `SluiceWarning` */
  readonly onWarning?: (problems: readonly Problem[], sourceName: string) => void;
}

/**
 * OpenFeature server provider that evaluates the flags of a document in process.
 *
 * A document that cannot be used, or a source that cannot be read, never replaces the last good one: the provider then
 * says STALE, marks its answers with `stale: true`, and says READY when the source is well again. It evaluates without
 * waiting for anything, but for a sticky flag whose assignments are kept elsewhere, and returns errors rather than throw them.
 */
export class SluiceProvider implements Provider {
  readonly metadata = { name: 'sluice' } as const;
  readonly runsOn = 'server';
  readonly events: OpenFeatureEventEmitter = new OpenFeatureEventEmitter();
  readonly #source: Source;
  readonly #options: SluiceProviderOptions;
  readonly #sticky: StickyEvaluations;
  #flags: CompiledFlags | undefined;
  #problem: string | undefined;
  #initialized: Promise<void> | undefined;
  #settled: Promise<void> = Promise.resolve();
  /** One from each start to the next close. What a source says to an earlier one comes too late, and is not heard. */
  #session: object | undefined;

  constructor(source: Source, options: SluiceProviderOptions = {}) {
    this.#source = source;
    this.#options = options;
    this.#sticky = new StickyEvaluations(
      options.assignments ?? memoryAssignments(),
      options.assignmentTimeoutMs ?? DEFAULT_ASSIGNMENT_TIMEOUT_MS,
    );
  }

  /**
   * Reads the source and begins to watch it. Where it cannot be read this rejects, and the provider becomes ready by
   * itself once it can. Called again before `onClose`, as by a second `MultiProvider`, it does nothing more.
   *
   * The SDK emits READY and ERROR for what happens in here; doing so too would announce them twice.
   *
   * @throws {DocumentError} for a document that cannot be used; else what the source throws.
   */
  initialize(): Promise<void> {
    if (this.#initialized === undefined) {
      this.#initialized = this.#start();
      this.#settled = this.#initialized.catch(() => {}).then(() => nextTurn());
    }
    return this.#initialized;
  }

  async #start(): Promise<void> {
    const session = {};
    this.#session = session;
    const hash = await loadFastHash();
    try {
      const reading = await this.#source.read();
      if (this.#session === session) this.#use(reading, hash);
    } catch (error) {
      if (this.#session === session) {
        this.#problem = messageOf(error);
        this.#initialized = undefined;
      }
      throw error;
    } finally {
      if (this.#session === session) {
        this.#source.watch?.((change) => this.#session === session && this.#take(change, hash));
      }
    }
    if (this.#session !== session) throw new Error(`${this.#source.name} was closed before it had been read`);
  }

  /** Ends watching, flushes the recorder, forgets the flags. Idempotent; the provider may be initialised again. */
  async onClose(): Promise<void> {
    this.#session = undefined;
    this.#initialized = undefined;
    this.#flags = undefined;
    this.#problem = undefined;
    try {
      await this.#source.close();
    } finally {
      await this.#options.recorder?.flush();
    }
  }

  resolveBooleanEvaluation(
    key: string,
    value: boolean,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<boolean>> {
    return this.#resolve(key, 'boolean', value, context);
  }

  resolveStringEvaluation(key: string, value: string, context: EvaluationContext): Promise<ResolutionDetails<string>> {
    return this.#resolve(key, 'string', value, context);
  }

  resolveNumberEvaluation(key: string, value: number, context: EvaluationContext): Promise<ResolutionDetails<number>> {
    return this.#resolve(key, 'number', value, context);
  }

  resolveObjectEvaluation<T extends JsonValue>(
    key: string,
    value: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    return this.#resolve(key, 'object', value, context);
  }

  /** Hooks never see `client.track()`, so it is handed on from here. */
  track(name: string, context: EvaluationContext, details: TrackingEventDetails): void {
    this.#options.recorder?.track(name, context, details);
  }

  #resolve<T extends JsonValue>(
    key: string,
    type: ValueType,
    value: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    const flags = this.#flags;
    if (flags === undefined) {
      const message = this.#problem ?? `${this.#source.name} has not been read yet`;
      return Promise.resolve(toResolution(failure('PROVIDER_NOT_READY', message), key, type, value, false));
    }
    const stale = this.#problem !== undefined;
    const evaluation = this.#sticky.evaluate(flags, key, context);
    return evaluation instanceof Promise
      ? evaluation.then((late) => toResolution(late, key, type, value, stale))
      : Promise.resolve(toResolution(evaluation, key, type, value, stale));
  }

  #take(change: SourceChange, hash: Hash): void {
    if (change.reading === undefined) return this.#fail(messageOf(change.error));
    const before = this.#flags;
    const recovered = this.#problem !== undefined;
    try {
      this.#use(change.reading, hash);
    } catch (error) {
      return this.#fail(messageOf(error));
    }
    const after = this.#flags as CompiledFlags;
    if (recovered) this.#emit(ProviderEvents.Ready, { message: `${this.#source.name} is well again` });
    const flagsChanged =
      before === undefined ? [...after.flags.keys(), ...after.switches.keys()] : [...changedFlags(before, after)];
    if (flagsChanged.length > 0) this.#emit(ProviderEvents.ConfigurationChanged, { flagsChanged });
  }

  #use(reading: Reading, hash: Hash): void {
    this.#flags = compileDocument(reading.document, { hash });
    this.#problem = undefined;
    this.#warn(reading);
  }

  #fail(message: string): void {
    if (message === this.#problem) return;
    this.#problem = message;
    if (this.#flags === undefined) return this.#emit(ProviderEvents.Error, { message });
    const kept = `serving version ${this.#flags.version}, the last good one: ${message}`;
    this.#emit(ProviderEvents.Stale, { message: kept });
  }

  /** The SDK sets READY or ERROR some ticks after `initialize`, and would overwrite what an event said before that. */
  #emit(event: ProviderEvents, details: { readonly message?: string; readonly flagsChanged?: string[] }): void {
    void this.#settled.then(() => this.events.emit(event, details));
  }

  #warn({ warnings }: Reading): void {
    if (warnings.length === 0) return;
    const { onWarning } = this.#options;
    if (onWarning === undefined) {
      process.emitWarning(`${this.#source.name}\n${warnings.map(formatProblem).join('\n')}`, 'SluiceWarning');
      return;
    }
    try {
      onWarning(warnings, this.#source.name);
    } catch (error) {
      // The document is good; whoever is told of a doubt cannot make it bad.
      process.emitWarning(messageOf(error), 'SluiceWarning');
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
