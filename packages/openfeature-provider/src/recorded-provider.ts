import type { Provider } from '@openfeature/server-sdk';
import type { Recorder } from '@sluice/core';

/**
 * Any provider, with `client.track()` reaching the recorder as well as the vendor, and the recorder flushed when the
 * provider shuts down. Everything else is the provider's own.
 */
export function recordedProvider(provider: Provider, recorder: Recorder): Provider {
  const { metadata, runsOn, hooks, events, domainScoped, initialize } = provider;
  return {
    metadata,
    ...(runsOn && { runsOn }),
    ...(hooks && { hooks }),
    ...(events && { events }),
    ...(domainScoped !== undefined && { domainScoped }),
    // Without `initialize` the SDK takes a provider as ready at once, so one is passed on only where there is one.
    ...(initialize && { initialize: initialize.bind(provider) }),
    resolveBooleanEvaluation: provider.resolveBooleanEvaluation.bind(provider),
    resolveStringEvaluation: provider.resolveStringEvaluation.bind(provider),
    resolveNumberEvaluation: provider.resolveNumberEvaluation.bind(provider),
    resolveObjectEvaluation: provider.resolveObjectEvaluation.bind(provider),
    track(name, context, details) {
      recorder.track(name, context, details);
      provider.track?.(name, context, details);
    },
    async onClose() {
      try {
        await provider.onClose?.();
      } finally {
        await recorder.flush();
      }
    },
  };
}
