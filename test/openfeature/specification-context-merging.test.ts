import {
  AsyncLocalStorageTransactionContextPropagator,
  type EvaluationContext,
  type Hook,
  OpenFeature,
} from '@openfeature/server-sdk';
import { memorySource, SluiceProvider } from '@sluice/openfeature-provider';
import { afterEach, describe, expect, it } from 'vitest';

type Level = 'API' | 'Transaction' | 'Client' | 'Invocation' | 'Before Hooks';
type Entries = Partial<Record<Level, EvaluationContext>>;

const withTransaction: readonly Level[] = ['API', 'Transaction', 'Client', 'Invocation'];
const withHooks: readonly Level[] = ['API', 'Client', 'Invocation', 'Before Hooks'];
const withBoth: readonly Level[] = ['API', 'Transaction', 'Client', 'Invocation', 'Before Hooks'];
const groups = [
  ['a transaction', withTransaction],
  ['a hook', withHooks],
  ['a transaction and a hook', withBoth],
] as const;

/** Whether the provider saw exactly these values in the merged context: a rule that asks for each of them matched. */
async function sees(expected: Record<string, string>, entries: Entries): Promise<boolean> {
  const rules = [{ when: expected, serve: 'on' }];
  await OpenFeature.setProviderAndWait(new SluiceProvider(memorySource({ sluice: 1, flags: { some: { rules } } })));
  OpenFeature.setTransactionContextPropagator(new AsyncLocalStorageTransactionContextPropagator());
  OpenFeature.setContext(entries.API ?? {});
  const client = OpenFeature.getClient().setContext(entries.Client ?? {});
  const hook: Hook = { before: () => entries['Before Hooks'] };
  return new Promise((resolve) => {
    OpenFeature.setTransactionContext(entries.Transaction ?? {}, () =>
      resolve(client.getBooleanValue('some', false, entries.Invocation ?? {}, { hooks: [hook] })),
    );
  });
}

describe.each(groups)('specification: context merging with %s', (_, levels) => {
  afterEach(async () => {
    OpenFeature.setContext({});
    await OpenFeature.clearProviders();
  });

  it.each(levels)('an entry of the level %s arrives', async (level) => {
    expect(await sees({ key: 'value' }, { [level]: { key: 'value' } })).toBe(true);
    expect(await sees({ key: 'value' }, {})).toBe(false);
  });

  it('entries of different keys arrive from every level', async () => {
    const entries = Object.fromEntries(levels.map((level) => [level, { [level]: `${level} value` }]));
    expect(await sees(Object.fromEntries(levels.map((level) => [level, `${level} value`])), entries)).toBe(true);
  });

  it.each(levels)('an entry of the level %s beats those of the levels before it', async (level) => {
    const until = levels.slice(0, levels.indexOf(level) + 1);
    expect(await sees({ key: level }, Object.fromEntries(until.map((each) => [each, { key: each }])))).toBe(true);
  });
});
