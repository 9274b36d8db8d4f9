import {
  type EvaluationDetails,
  type FlagValue,
  type HookContext,
  TypedInMemoryProvider,
} from '@openfeature/server-sdk';
import type { ExposureRecord } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualityHook, type QualityHookOptions } from '../src/quality-hook.ts';
import { createRecorder } from '../src/recorder.ts';
import { memorySink } from '../src/sinks/memory-sink.ts';
import { type Answer, answeringProvider, clientOf, fixed, rolledOut } from './answering-provider.ts';

async function setUp(answer: Answer, options?: QualityHookOptions) {
  const sink = memorySink();
  const recorder = createRecorder({ sink, units: 'plain' });
  const client = await clientOf(answeringProvider(answer, recorder));
  client.addHooks(new QualityHook(recorder, options));
  const exposures = async () => {
    await recorder.flush();
    return sink.records as readonly ExposureRecord[];
  };
  return { recorder, client, exposures };
}

const u1 = { targetingKey: 'u1' };

describe('QualityHook', () => {
  it("notes an exposure, with the client's domain, when a rollout decided", async () => {
    const { client, exposures } = await setUp(() => rolledOut());
    expect(await client.getStringValue('model', 'gpt-4o', u1)).toBe('claude-sonnet');
    expect(await exposures()).toMatchObject([
      {
        ...{
          type: 'exposure',
          flag: 'model',
          variant: 'claude',
          arm: 'candidate',
          stage: '3',
          unit: 'u1',
          share: 0.01,
        },
        domain: client.metadata.domain,
      },
    ]);
    expect(client.metadata.domain).toMatch(/^test-/);
  });

  it('notes it once, however often a unit asks', async () => {
    const { client, exposures } = await setUp(() => rolledOut());
    for (let count = 0; count < 5; count += 1) await client.getStringValue('model', 'gpt-4o', u1);
    await client.getStringValue('model', 'gpt-4o', { targetingKey: 'u2' });
    expect((await exposures()).map(({ unit }) => unit)).toEqual(['u1', 'u2']);
  });

  it('notes no exposure where no rollout decided, for a switch, or for a flag that does not exist', async () => {
    const { client, recorder } = await setUp((flag) => {
      if (flag === 'fixed') return fixed();
      if (flag === 'switch') return { value: true, variant: 'on', reason: 'STATIC', flagMetadata: { version: '1' } };
      return { value: '', reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' as never };
    });
    expect(await client.getStringValue('fixed', 'x', u1)).toBe('gpt-4o');
    expect(await client.getBooleanValue('switch', false, u1)).toBe(true);
    expect(await client.getStringValue('missing', 'default', u1)).toBe('default');
    expect(recorder.counts()).toMatchObject({ exposures: 0 });
  });

  it('notes nothing without a unit, and the answer is served', async () => {
    const { client, recorder } = await setUp(() => rolledOut());
    expect(await client.getStringValue('model', 'gpt-4o', { plan: 'free' })).toBe('claude-sonnet');
    expect(recorder.counts()).toMatchObject({ exposures: 0 });
  });

  it('reads the unit from the context that all levels were merged into', async () => {
    const { client, exposures } = await setUp(() => rolledOut({ metadata: { 'sluice.unit': 'conversationId' } }));
    client.setContext({ conversationId: 'c1' });
    await client.getStringValue('model', 'gpt-4o', u1);
    expect(await exposures()).toMatchObject([{ unit: 'c1' }]);
  });

  it('lets client.track() find a flag bucketed by conversation', async () => {
    const { client, recorder } = await setUp(() => rolledOut({ metadata: { 'sluice.unit': 'conversationId' } }));
    await client.getStringValue('model', 'gpt-4o', { ...u1, conversationId: 'c1' });
    client.track('thumbs-up', u1);
    expect(recorder.counts()).toMatchObject({ outcomes: 1, unattributed: 0 });
  });

  it("works alone over somebody else's provider, with the control named", async () => {
    const sink = memorySink();
    const recorder = createRecorder({ sink, units: 'plain' });
    const client = await clientOf(
      new TypedInMemoryProvider({
        model: {
          disabled: false,
          variants: { 'gpt-4o': 'gpt-4o', claude: 'claude-sonnet' },
          defaultVariant: 'gpt-4o',
          contextEvaluator: (context) => (context['plan'] === 'beta' ? 'claude' : 'gpt-4o'),
        },
        retired: { disabled: true, variants: { on: 'on' }, defaultVariant: 'on' },
      }),
    );
    client.addHooks(new QualityHook(recorder, { flags: { model: { control: 'gpt-4o' }, retired: { control: 'on' } } }));
    await client.getStringValue('model', 'x', { ...u1, plan: 'beta' });
    await client.getStringValue('model', 'x', { targetingKey: 'u2' });
    expect(await client.getStringValue('retired', 'off', u1)).toBe('off');
    await recorder.flush();
    expect(sink.records.map(({ unit, variant, arm, stage }) => [unit, variant, arm, stage])).toEqual([
      ['u1', 'claude', 'candidate', ''],
      ['u2', 'gpt-4o', 'control', ''],
    ]);
  });

  it('is synchronous, so an evaluation waits for nothing', () => {
    const hook = new QualityHook(createRecorder({ sink: memorySink() }));
    expect(
      hook.after(hookContext(u1), { flagKey: 'model', ...rolledOut() } as EvaluationDetails<FlagValue>),
    ).toBeUndefined();
  });

  it('never throws, whatever the metadata and the context hold', () => {
    const recorder = createRecorder({ sink: memorySink(), units: 'plain' });
    const hook = new QualityHook(recorder, { flags: { model: { control: 'a' } } });
    const throwing = new Proxy({}, { get: () => raise() });
    const odd = fc.oneof(fc.anything(), fc.constant(throwing));
    fc.assert(
      fc.property(odd, odd, odd, odd, (flagMetadata, context, value, variant) => {
        const details = { flagKey: 'model', flagMetadata, value, variant };
        expect(hook.after(hookContext(context), details as EvaluationDetails<FlagValue>)).toBeUndefined();
      }),
    );
    hook.after(throwing as never, throwing as never);
    hook.after(undefined as never, undefined as never);
  });

  it('leaves a good answer alone where the recorder fails', async () => {
    const broken = { ...createRecorder({ sink: memorySink() }), expose: () => raise() };
    const client = await clientOf(answeringProvider(() => rolledOut()));
    client.addHooks(new QualityHook(broken));
    expect(await client.getStringDetails('model', 'gpt-4o', u1)).toMatchObject({
      value: 'claude-sonnet',
      reason: 'SPLIT',
    });
  });
});

function hookContext(context: unknown): HookContext {
  return { flagKey: 'model', context, clientMetadata: {} } as unknown as HookContext;
}

function raise(): never {
  throw new Error('must not reach the application');
}
