import type { Client, EvaluationContext, EvaluationDetails, FlagValue, JsonValue } from '@openfeature/server-sdk';
import type { Outcomes, Run } from '@sluice/core';
import { detachedRun } from './detached-run.ts';
import { type EvaluationScope, measureScopes } from './measure-scope.ts';
import { warnOnce } from './warn-once.ts';

export interface MeasureOptions {
  /** The evaluation's context, merged over the client's as in any evaluation. */
  readonly context?: EvaluationContext;
  /**
   * What happens when the work throws: the error goes to the caller, or the work is done once more with the fallback.
   *
   * @default 'throw'
   */
  readonly onError?: 'throw' | 'fallback';
}

type Work<T, R> = (value: T, run: Run) => Promise<R>;

/**
 * Evaluates a flag, does a piece of work with its value, and records how the work went as one run: `errors` 0 or 1, and
 * `latency` in ms of work that succeeded, because a variant that fails fast is not a faster one. A metric that the work
 * records itself counts instead; `errors: 1` says that an answer came and was of no use, and then no latency is recorded.
 * `client.track()` within the work records on this run.
 *
 * With `onError: 'fallback'` work that threw is done once more with `fallback`. The error stays charged to the variant
 * that was served, and the second try to nobody: its run is detached, so nothing that is recorded on it, and no feedback
 * by its token, is kept. Where the second try throws too, its error is the one the caller gets.
 *
 * The run is detached as well where the flag could not be evaluated or no `QualityHook` answered (a process warning then
 * says what to mend); the work is done all the same.
 *
 * @param fallback what is served where the flag cannot be evaluated; its type is the flag's type.
 * @returns what the work returned.
 */
export function measure<R>(
  client: Client,
  flag: string,
  fallback: boolean,
  work: Work<boolean, R>,
  options?: MeasureOptions,
): Promise<R>;
export function measure<R>(
  client: Client,
  flag: string,
  fallback: string,
  work: Work<string, R>,
  options?: MeasureOptions,
): Promise<R>;
export function measure<R>(
  client: Client,
  flag: string,
  fallback: number,
  work: Work<number, R>,
  options?: MeasureOptions,
): Promise<R>;
export function measure<T extends FlagValue, R>(
  client: Client,
  flag: string,
  fallback: T,
  work: Work<T, R>,
  options?: MeasureOptions,
): Promise<R>;
export async function measure<T extends FlagValue, R>(
  client: Client,
  flag: string,
  fallback: T,
  work: Work<T, R>,
  options: MeasureOptions = {},
): Promise<R> {
  const scope: EvaluationScope = { stage: 'evaluation', flag };
  const details = await measureScopes.run(scope, () => evaluate(client, flag, fallback, options.context));
  const first = watch(runOf(scope, details));
  const started = performance.now();
  let result: R;
  try {
    result = await inRun(first.run, () => work(details.value as T, first.run));
  } catch (error) {
    first.end({ errors: 1 });
    if (options.onError !== 'fallback') throw error;
    const second = detachedRun(flag);
    return await inRun(second, () => work(fallback, second));
  }
  first.end({ errors: 0, latency: performance.now() - started });
  return result;
}

function evaluate(
  client: Client,
  flag: string,
  fallback: FlagValue,
  context: EvaluationContext | undefined,
): Promise<EvaluationDetails<FlagValue>> {
  if (typeof fallback === 'boolean') return client.getBooleanDetails(flag, fallback, context);
  if (typeof fallback === 'string') return client.getStringDetails(flag, fallback, context);
  if (typeof fallback === 'number') return client.getNumberDetails(flag, fallback, context);
  return client.getObjectDetails<JsonValue>(flag, fallback, context);
}

function runOf(scope: EvaluationScope, details: EvaluationDetails<FlagValue>): Run {
  const { flag, bound, unbound } = scope;
  // A later hook can fail after ours answered, and then the fallback is served.
  if (details.errorCode !== undefined) return detachedRun(flag);
  if (bound !== undefined) return bound.recorder.startRun(bound.assignment);
  if (unbound === undefined) {
    warnOnce(
      'SLUICE_NOT_MEASURED',
      `measure('${flag}') records nothing, as no QualityHook answered: OpenFeature.addHooks(new QualityHook(recorder))`,
    );
  } else if (unbound !== '') {
    warnOnce('SLUICE_NO_ASSIGNMENT', `measure('${flag}') records nothing: ${unbound}`);
  }
  return detachedRun(flag);
}

function inRun<R>(run: Run, work: () => Promise<R>): Promise<R> {
  return measureScopes.run({ stage: 'work', run }, work);
}

interface WatchedRun {
  readonly run: Run;
  end(outcomes: { readonly errors: number; readonly latency?: number }): void;
}

/** A run that knows what was recorded on it, so that its end adds only what the work left open. */
function watch(run: Run): WatchedRun {
  const own = new Map<string, number | boolean>();
  const note = (outcomes: Outcomes): void => {
    for (const [metric, value] of Object.entries(outcomes)) {
      if (!own.has(metric) && (typeof value === 'boolean' || Number.isFinite(value))) own.set(metric, value);
    }
  };
  return {
    run: {
      id: run.id,
      assignment: run.assignment,
      token: () => run.token(),
      record(outcomes) {
        run.record(outcomes);
        try {
          note(outcomes);
        } catch {
          // What cannot be read was refused by the run.
        }
      },
    },
    end({ errors, latency }) {
      const failed = Number(own.get('errors') ?? errors) !== 0;
      run.record({
        ...(own.has('errors') ? {} : { errors }),
        ...(own.has('latency') || latency === undefined || failed ? {} : { latency }),
      });
    },
  };
}
