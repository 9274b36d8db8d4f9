import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { EvaluationContext, JsonValue, ResolutionDetails } from '@openfeature/core';
import {
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type TrackingEventDetails,
} from '@openfeature/server-sdk';
import type { Recorder, Source, ValueType } from '@sluice/core';
import { LiveFlags, type LiveFlagsOptions } from './live-flags.ts';
import type { LiveFlagsEvent } from './live-flags-event.ts';
import { toResolution } from './resolution.ts';

/**
 * Answers change at once; that they have is told a moment later. Telling it through the SDK costs as much as the change, and on
 * a machine with many processes it would be taken from those that have not changed yet.
 */
const CHANGE_TOLD_AFTER_MS = 20;

export interface SluiceProviderOptions extends LiveFlagsOptions {
  /** Receives what the client tracks; flushed, not closed, when the provider shuts down. */
  readonly recorder?: Recorder;
}

/**
 * OpenFeature server provider that evaluates the flags of a document in process.
 *
 * What cannot be read, a document or switch states, never replaces what was known last: the provider then says STALE,
 * marks its answers with `stale: true`, and says READY when all is well again. It evaluates without waiting for anything, but
 * for a sticky flag whose assignments are kept elsewhere, and returns errors rather than throw them.
 */
export class SluiceProvider implements Provider {
  readonly metadata = { name: 'sluice' } as const;
  readonly runsOn = 'server';
  readonly events: OpenFeatureEventEmitter = new OpenFeatureEventEmitter();
  readonly #live: LiveFlags;
  readonly #recorder: Recorder | undefined;
  #initialized: Promise<void> | undefined;
  #settled: Promise<void> = Promise.resolve();

  constructor(source: Source, options: SluiceProviderOptions = {}) {
    this.#recorder = options.recorder;
    this.#live = new LiveFlags(source, options, (event) => this.#emit(event));
  }

  /**
   * Reads the source and the switches and begins to watch them. Where the source cannot be read this rejects, and the
   * provider becomes ready by itself once it can. Switches that cannot be read leave the document's own values: READY, then
   * STALE. Called again before `onClose`, as by a second `MultiProvider`, it does nothing more.
   *
   * The SDK emits READY and ERROR for what happens in here; doing so too would announce them twice.
   *
   * @throws {DocumentError} for a document that cannot be used; else what the source throws.
   */
  initialize(): Promise<void> {
    const initialized = this.#live.start();
    if (initialized !== this.#initialized) {
      this.#initialized = initialized;
      this.#settled = initialized.catch(() => {}).then(() => nextTurn());
    }
    return initialized;
  }

  /** Ends watching, flushes the recorder, forgets the flags. Idempotent; the provider may be initialised again. */
  async onClose(): Promise<void> {
    try {
      await this.#live.close();
    } finally {
      await this.#recorder?.flush();
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
    this.#recorder?.track(name, context, details);
  }

  #resolve<T extends JsonValue>(
    key: string,
    type: ValueType,
    value: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    const evaluation = this.#live.evaluate(key, context);
    return evaluation instanceof Promise
      ? evaluation.then((late) => toResolution(late, key, type, value))
      : Promise.resolve(toResolution(evaluation, key, type, value));
  }

  /** The SDK sets READY or ERROR some ticks after `initialize`, and would overwrite what an event said before that. */
  #emit(event: LiveFlagsEvent): void {
    const details = event.type === 'changed' ? { flagsChanged: [...event.flagsChanged] } : { message: event.message };
    // One after the other, so that no event overtakes an earlier one.
    this.#settled = this.#settled
      .then(() => event.type === 'changed' && pause(CHANGE_TOLD_AFTER_MS, undefined, { ref: false }))
      .then(() => void this.events.emit(eventNames[event.type], details));
  }
}

const eventNames = {
  changed: ProviderEvents.ConfigurationChanged,
  stale: ProviderEvents.Stale,
  recovered: ProviderEvents.Ready,
  failed: ProviderEvents.Error,
} as const;
