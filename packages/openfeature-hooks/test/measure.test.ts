import { setImmediate } from 'node:timers/promises';
import type { Run } from '@sluice/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { measure } from '../src/measure.ts';
import { QualityHook } from '../src/quality-hook.ts';
import { createRecorder } from '../src/recorder.ts';
import { memorySink } from '../src/sinks/memory-sink.ts';
import { answeringProvider, clientOf, fixed, rolledOut } from './answering-provider.ts';
import { measuredClient, options } from './measured-client.ts';

describe('measure', () => {
  it('hands the work its value and a run, returns its result, and records latency and no error', async () => {
    const { client, outcomes } = await measuredClient();
    const result = await measure(client, 'model', 'gpt-4o', async (model, run) => ({ model, run }), options);
    expect(result.model).toBe('claude-sonnet');
    const found = await outcomes();
    expect(found.map(({ metric }) => metric)).toEqual(['errors', 'latency']);
    for (const outcome of found) {
      expect(outcome).toMatchObject({
        ...{ run: result.run.id, flag: 'model', variant: 'claude', arm: 'candidate', stage: '3', unit: 'u1' },
      });
    }
    expect(found[0]?.value).toBe(0);
    expect(found[1]?.value).toBeGreaterThan(0);
  });

  it("evaluates by the fallback's type", async () => {
    const asked: string[] = [];
    const provider = answeringProvider(() => rolledOut());
    for (const type of ['Boolean', 'String', 'Number', 'Object'] as const) {
      provider[`resolve${type}Evaluation`] = async (_: string, value: never) => {
        asked.push(type);
        return { value, variant: 'a' };
      };
    }
    const client = await clientOf(provider);
    client.addHooks(new QualityHook(createRecorder({ sink: memorySink() }), { flags: { f: { control: 'a' } } }));
    for (const fallback of [true, 'text', 1, { model: 'a' }, ['a'], null]) {
      expect(await measure(client, 'f', fallback, async (value) => value, options)).toEqual(fallback);
    }
    expect(asked).toEqual(['Boolean', 'String', 'Number', 'Object', 'Object', 'Object']);
  });

  it('gives the work a value of the widened type, or of the type that is asked for', async () => {
    const { client } = await measuredClient();
    type Model = 'gpt-4o' | 'claude';
    await measure(client, 'f', 'gpt-4o', async (value) => void expectTypeOf(value).toEqualTypeOf<string>(), options);
    await measure(client, 'f', true, async (value) => void expectTypeOf(value).toEqualTypeOf<boolean>(), options);
    await measure(client, 'f', 0.5, async (value) => void expectTypeOf(value).toEqualTypeOf<number>(), options);
    await measure(client, 'f', { model: 'a' }, async (value) => void expectTypeOf(value.model).toBeString(), options);
    await measure<Model, void>(
      client,
      'f',
      'gpt-4o',
      async (value) => void expectTypeOf(value).toEqualTypeOf<Model>(),
      options,
    );
    expectTypeOf(measure(client, 'f', 'x', async () => 5, options)).toEqualTypeOf<Promise<number>>();
  });

  it('starts a run also where no rollout decided', async () => {
    const { client, outcomes, recorder } = await measuredClient(() => fixed());
    await measure(client, 'model', 'x', async (_, run) => run.record({ quality: 1 }), options);
    expect(await outcomes()).toHaveLength(3);
    expect((await outcomes())[0]).toMatchObject({
      metric: 'quality',
      variant: 'gpt-4o',
      arm: 'none',
      stage: '',
      unit: 'u1',
    });
    expect(recorder.counts()).toMatchObject({ exposures: 0 });
  });

  it('lets client.track() in the work reach its run, also after waiting', async () => {
    const { client, outcomes } = await measuredClient();
    const id = await measure(
      client,
      'model',
      'x',
      async (_, run) => {
        await setImmediate();
        client.track('thumbs-up', { targetingKey: 'somebody else' });
        return run.id;
      },
      options,
    );
    expect((await outcomes()).find(({ metric }) => metric === 'thumbs-up')).toMatchObject({
      run: id,
      unit: 'u1',
      value: 1,
    });
  });

  it('keeps runs apart that are under way at the same time, and those within others', async () => {
    const { client, outcomes } = await measuredClient();
    const work = async (_: string, run: Run) => {
      await setImmediate();
      const inner = await measure(
        client,
        'inner',
        'x',
        async (__, nested) => {
          client.track('depth', {}, { value: 2 });
          return nested.id;
        },
        options,
      );
      client.track('depth', {}, { value: 1 });
      return [run.id, inner] as const;
    };
    const ids = await Promise.all([
      measure(client, 'outer', 'x', work, options),
      measure(client, 'outer', 'x', work, { context: { targetingKey: 'u2' } }),
    ]);
    const depths = (await outcomes()).filter(({ metric }) => metric === 'depth');
    for (const [index, [outer, inner]] of ids.entries()) {
      expect(depths.find(({ run }) => run === outer)).toMatchObject({ flag: 'outer', value: 1, unit: `u${index + 1}` });
      expect(depths.find(({ run }) => run === inner)).toMatchObject({ flag: 'inner', value: 2 });
    }
    expect(new Set(depths.map(({ run }) => run)).size).toBe(4);
  });

  it('takes its own flag for the run, not one that is evaluated on the way or in the work', async () => {
    const { client, outcomes } = await measuredClient((flag) => rolledOut({ variant: `${flag}-variant` }));
    client.addHooks({
      before: async ({ flagKey }) => {
        if (flagKey === 'model') await client.getStringValue('region', 'x', { targetingKey: 'u9' });
      },
    });
    await measure(
      client,
      'model',
      'x',
      async () => void (await client.getStringValue('prompt', 'x', options.context)),
      options,
    );
    expect(new Set((await outcomes()).map(({ variant }) => variant))).toEqual(new Set(['model-variant']));
  });
});
