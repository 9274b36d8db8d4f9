import { setImmediate } from 'node:timers/promises';
import { OpenFeature } from '@openfeature/server-sdk';
import type { Run } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { measure } from '../src/measure.ts';
import { answeringProvider, clientOf, rolledOut } from './answering-provider.ts';
import { measuredClient, options, warnings } from './measured-client.ts';

describe('work that fails', () => {
  const fail = async (): Promise<string> => {
    throw new Error('the model is down');
  };

  it('throws to the caller, and records an error and no latency', async () => {
    const { client, recorded } = await measuredClient();
    await expect(measure(client, 'model', 'x', fail, options)).rejects.toThrow('the model is down');
    expect(await recorded()).toEqual({ errors: 1 });
  });

  it('may throw before it makes a promise', async () => {
    const { client, recorded } = await measuredClient();
    const work = (): Promise<string> => {
      throw new Error('not even started');
    };
    await expect(measure(client, 'model', 'x', work, options)).rejects.toThrow('not even started');
    expect(await recorded()).toEqual({ errors: 1 });
  });

  it('keeps what it recorded before', async () => {
    const { client, recorded } = await measuredClient();
    const work = async (_: string, run: Run) => {
      run.record({ ttft: 90 });
      await fail();
    };
    await expect(measure(client, 'model', 'x', work, options)).rejects.toThrow();
    expect(await recorded()).toEqual({ ttft: 90, errors: 1 });
  });

  it('may say itself that its answer was of no use: no latency then, and no second error', async () => {
    const { client, recorded, recorder } = await measuredClient();
    await measure(client, 'model', 'x', async (_, run) => run.record({ errors: 1 }), options);
    expect(await recorded()).toEqual({ errors: 1 });
    expect(recorder.counts()).toMatchObject({ refused: 0 });
  });

  it('may record its own latency and its own errors, and they count', async () => {
    const { client, recorded, recorder } = await measuredClient();
    await measure(client, 'model', 'x', async (_, run) => run.record({ errors: false, latency: 12.5 }), options);
    expect(await recorded()).toEqual({ errors: 0, latency: 12.5 });
    expect(recorder.counts()).toMatchObject({ refused: 0 });
  });

  it('is measured as usual where what it recorded was refused', async () => {
    const { client, recorded, recorder } = await measuredClient();
    const throwing = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('unreadable');
        },
      },
    );
    const work = async (_: string, run: Run) => {
      run.record({ errors: Number.NaN });
      run.record(throwing);
    };
    await measure(client, 'model', 'x', work, options);
    expect(await recorded()).toMatchObject({ errors: 0, latency: expect.any(Number) });
    expect(recorder.counts()).toMatchObject({ refused: 2 });
  });

  it('is done once more with the fallback, on a run of which nothing is kept', async () => {
    const { client, outcomes, recorder } = await measuredClient();
    const tried: string[] = [];
    const answer = await measure(
      client,
      'model',
      'gpt-4o',
      async (model, run) => {
        tried.push(model);
        run.record({ cost: tried.length });
        client.track('thumbs-up', options.context);
        if (model !== 'gpt-4o') await fail();
        return { model, token: run.token() };
      },
      { ...options, onError: 'fallback' },
    );
    expect(tried).toEqual(['claude-sonnet', 'gpt-4o']);
    expect(answer.model).toBe('gpt-4o');
    const found = await outcomes();
    expect(found.map(({ metric, value, variant }) => [metric, value, variant])).toEqual([
      ['cost', 1, 'claude'],
      ['thumbs-up', 1, 'claude'],
      ['errors', 1, 'claude'],
    ]);
    expect(await recorder.feedback(answer.token, { feedback: 1 })).toEqual({ accepted: true });
    expect(await outcomes()).toHaveLength(3);
    expect(recorder.counts()).toMatchObject({ refused: 0, rejectedTokens: 0, unattributed: 0 });
  });

  it('throws the second error where the fallback fails too, and charges one error', async () => {
    const { client, outcomes } = await measuredClient();
    const work = async (model: string): Promise<void> => {
      throw new Error(`${model} is down`);
    };
    await expect(measure(client, 'model', 'gpt-4o', work, { ...options, onError: 'fallback' })).rejects.toThrow(
      'gpt-4o is down',
    );
    expect(await outcomes()).toMatchObject([{ metric: 'errors', value: 1, variant: 'claude' }]);
  });
});

describe('an evaluation that nothing can be charged to', () => {
  it('serves the fallback on a detached run where the flag cannot be evaluated, without a warning', async () => {
    const given = warnings();
    const { client, outcomes, recorder } = await measuredClient(() => ({
      value: '',
      reason: 'ERROR',
      errorCode: 'FLAG_NOT_FOUND' as never,
    }));
    const value = await measure(
      client,
      'model',
      'gpt-4o',
      async (model, run) => {
        run.record({ quality: 1 });
        client.track('thumbs-up', options.context);
        return [model, run.token(), run.assignment.arm];
      },
      options,
    );
    expect(value).toEqual(['gpt-4o', 'detached', 'none']);
    expect(await outcomes()).toEqual([]);
    expect(recorder.counts()).toMatchObject({ outcomes: 0, refused: 0, unattributed: 0 });
    await setImmediate();
    expect(given).toEqual([]);
  });

  it('is one whose answer was thrown away by another hook', async () => {
    const { client, recorder } = await measuredClient();
    OpenFeature.addHooks({ after: () => Promise.reject(new Error('an audit hook fails')) });
    onTestFinished(() => void OpenFeature.clearHooks());
    expect(await measure(client, 'model', 'gpt-4o', async (model) => model, options)).toBe('gpt-4o');
    expect(recorder.counts()).toMatchObject({ outcomes: 0 });
  });

  it('is one of a disabled flag, without a warning', async () => {
    const given = warnings();
    const { client, recorder } = await measuredClient(() => ({ value: 'default', reason: 'DISABLED' }));
    await measure(client, 'model', 'default', async () => {}, options);
    expect(recorder.counts()).toMatchObject({ outcomes: 0 });
    await setImmediate();
    expect(given).toEqual([]);
  });

  it('is one where a rollout gives the caller’s default, which is nobody’s variant, without a warning', async () => {
    const given = warnings();
    const { variant: _, ...rest } = rolledOut({ value: 'default', metadata: { 'experiment.arm': 'none' } });
    const { client, recorder } = await measuredClient(() => rest);
    await measure(client, 'model', 'default', async () => {}, options);
    expect(recorder.counts()).toMatchObject({ outcomes: 0, exposures: 0 });
    await setImmediate();
    expect(given).toEqual([]);
  });

  it('is one without a QualityHook: the work is done, and a warning says once what to mend', async () => {
    const given = warnings();
    const client = await clientOf(answeringProvider(() => rolledOut()));
    for (let count = 0; count < 3; count += 1) {
      expect(await measure(client, 'model', 'x', async (model) => model, options)).toBe('claude-sonnet');
    }
    await setImmediate();
    expect(given.map(({ code, message }) => [code, message])).toEqual([
      [
        'SLUICE_NOT_MEASURED',
        "measure('model') records nothing, as no QualityHook answered: OpenFeature.addHooks(new QualityHook(recorder))",
      ],
    ]);
  });

  it('is one without a unit: the work is done, and a warning says once what to mend', async () => {
    const given = warnings();
    const { client, recorder } = await measuredClient();
    for (let count = 0; count < 3; count += 1) {
      expect(await measure(client, 'model', 'x', async (model) => model)).toBe('claude-sonnet');
    }
    expect(recorder.counts()).toMatchObject({ outcomes: 0, exposures: 0 });
    await setImmediate();
    expect(given.map(({ code, message }) => [code, message])).toEqual([
      [
        'SLUICE_NO_ASSIGNMENT',
        "measure('model') records nothing: the evaluation context has no targetingKey, so there is no unit to measure",
      ],
    ]);
  });
});
