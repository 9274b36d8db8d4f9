import {
  type Client,
  type EvaluationContext,
  OpenFeature,
  type Provider,
  type ResolutionDetails,
  type TrackingEventDetails,
} from '@openfeature/server-sdk';
import type { Recorder } from '@sluice/core';

/** What the provider answers, whatever type is asked for. */
export type Answer = (flag: string, context: EvaluationContext) => ResolutionDetails<unknown>;

/** A provider that answers as it is told, and forwards tracking to a recorder as `SluiceProvider` does. */
export function answeringProvider(answer: Answer, recorder?: Recorder): Provider {
  const resolve = async (flag: string, _: unknown, context: EvaluationContext) => answer(flag, context) as never;
  return {
    metadata: { name: 'answering' },
    resolveBooleanEvaluation: resolve,
    resolveStringEvaluation: resolve,
    resolveNumberEvaluation: resolve,
    resolveObjectEvaluation: resolve,
    track: (name: string, context: EvaluationContext, details: TrackingEventDetails) =>
      recorder?.track(name, context, details),
  };
}

let domains = 0;

/** A client of its own domain, named `test-…`. */
export async function clientOf(provider: Provider): Promise<Client> {
  domains += 1;
  const domain = `test-${domains}`;
  await OpenFeature.setProviderAndWait(domain, provider);
  return OpenFeature.getClient(domain);
}

/** What a rollout of Sluice answers. */
export function rolledOut(
  changes: { value?: unknown; variant?: string; metadata?: Record<string, string | number | boolean> } = {},
): ResolutionDetails<unknown> {
  return {
    value: changes.value ?? 'claude-sonnet',
    variant: changes.variant ?? 'claude',
    reason: 'SPLIT',
    flagMetadata: {
      'sluice.unit': 'targetingKey',
      'experiment.arm': 'candidate',
      'experiment.stage': '3',
      'experiment.active': true,
      'experiment.share': 0.01,
      ...changes.metadata,
    },
  };
}

/** What a flag of Sluice answers where no rollout decided. */
export function fixed(value: unknown = 'gpt-4o'): ResolutionDetails<unknown> {
  return {
    value,
    variant: 'gpt-4o',
    reason: 'STATIC',
    flagMetadata: { 'sluice.unit': 'targetingKey', 'experiment.arm': 'none', 'experiment.active': false },
  };
}
