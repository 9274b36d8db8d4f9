import { InMemoryProvider } from '@openfeature/server-sdk';
import { BOOLEAN_FLAG, MODELS, OBJECT_FLAG } from '../job.mjs';

const object = Object.freeze({ value: MODELS.control, variant: 'control', reason: 'STATIC' });
const boolean = Object.freeze({ value: false, variant: 'off', reason: 'STATIC' });

/** The least a provider can do: what a client costs by itself. */
export const constant = {
  setUp: async () => ({
    constant: true,
    provider: () => ({
      metadata: { name: 'constant' },
      runsOn: 'server',
      resolveObjectEvaluation: () => Promise.resolve(object),
      resolveBooleanEvaluation: () => Promise.resolve(boolean),
    }),
  }),
};

/** The provider that the SDK itself brings for tests; it decides nothing here either. */
export const inMemory = {
  setUp: async () => ({
    constant: true,
    provider: () =>
      new InMemoryProvider({
        [OBJECT_FLAG]: { variants: MODELS, defaultVariant: 'control', disabled: false },
        [BOOLEAN_FLAG]: { variants: { on: true, off: false }, defaultVariant: 'off', disabled: false },
      }),
  }),
};
