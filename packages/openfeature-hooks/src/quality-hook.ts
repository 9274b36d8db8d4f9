import type { EvaluationDetails, FlagValue, Hook, HookContext } from '@openfeature/server-sdk';
import { metadataKeys, type Recorder } from '@sluice/core';
import { assignmentOf, isExposure, type MeasuredFlag } from './assignment.ts';
import { measureScopes } from './measure-scope.ts';

export interface QualityHookOptions {
  /**
   * Flags to measure whose provider says nothing about arms, by key. Flags of Sluice need no entry.
   *
   * @default {}
   */
  readonly flags?: Readonly<Record<string, MeasuredFlag>>;
}

/**
 * Notes which unit met which variant, and tells `measure` whose run it is about to start. Register it once, on the API, a
 * client or a provider: `OpenFeature.addHooks(new QualityHook(recorder))`.
 *
 * It changes no answer and never throws. The SDK awaits what a hook returns, so `after` is synchronous.
 */
export class QualityHook implements Hook {
  readonly #recorder: Recorder;
  readonly #flags: ReadonlyMap<string, MeasuredFlag>;

  constructor(recorder: Recorder, options: QualityHookOptions = {}) {
    this.#recorder = recorder;
    this.#flags = new Map(Object.entries(options.flags ?? {}));
  }

  after(hookContext: Readonly<HookContext>, details: EvaluationDetails<FlagValue>): void {
    try {
      this.#note(hookContext, details);
    } catch {
      // A provider's metadata or a context can be anything, a throwing getter too; an error here would turn a good
      // evaluation into the caller's default.
    }
  }

  #note(hookContext: Readonly<HookContext>, details: EvaluationDetails<FlagValue>): void {
    const measured = this.#flags.get(hookContext.flagKey);
    const exposed = isExposure(details, measured);
    const scope = measureScopes.getStore();
    const asked = scope?.stage === 'evaluation' && scope.flag === hookContext.flagKey ? scope : undefined;
    if (!exposed && asked === undefined) return;

    // No variant was met: the value is the caller's default, or what a flag serves that is not enabled.
    if (details.reason === 'DISABLED' || details.errorCode !== undefined || isNobodysVariant(details)) {
      if (asked !== undefined) asked.unbound ??= '';
      return;
    }
    const assignment = assignmentOf(hookContext, details, measured);
    if (typeof assignment === 'string') {
      if (asked !== undefined) asked.unbound ??= assignment;
      return;
    }
    // The first hook to answer is the one nearest to the provider.
    if (asked !== undefined) asked.bound ??= { recorder: this.#recorder, assignment };
    if (exposed) this.#recorder.expose(assignment, hookContext.clientMetadata.domain, hookContext.context.targetingKey);
  }
}

/** Where control is the caller's default, Sluice names no variant, and compares nobody with it. */
function isNobodysVariant({ variant, flagMetadata }: EvaluationDetails<FlagValue>): boolean {
  return variant === undefined && flagMetadata[metadataKeys.arm] === 'none';
}
