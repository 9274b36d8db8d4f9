import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { valid } from './documents.ts';

const explain = (flag: string, context: object, ...more: string[]) =>
  sluice(['explain', '-', flag, '--context', JSON.stringify(context), ...more], { stdin: valid });

describe('sluice explain', () => {
  it('shows each step and the one that decided', async () => {
    const { exitCode, stdout } = await explain('support-model', { targetingKey: 'u', email: 'a@acme.com' });
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      '1. switch ai-agent is on',
      '2. rule staff-first matches',
      '→ claude (TARGETING_MATCH) {"model":"claude"}',
      '',
    ]);
  });

  it('shows the numbers by which a rollout decided', async () => {
    const { stdout } = await explain('support-model', { targetingKey: 'user-1' });
    expect(stdout).toMatch(
      /3\. unit "user-1" is at [\d.]+% \(position \d+\) and stays outside the rollout of 10%, which takes positions below 429496729; candidates are below 429496729, control from 3865470567: not compared; stage \w+\n→ gpt \(SPLIT\)/,
    );
  });

  it('names the switch that is off', async () => {
    const { stdout } = await explain('runner', {});
    expect(stdout).toContain('1. switch code-execution is off\n→ off (DEFAULT) false');
  });

  it('prints evaluation and steps as JSON', async () => {
    const { stdout } = await explain('support-model', { targetingKey: 'user-1' }, '--json');
    const { evaluation, steps } = JSON.parse(stdout);
    expect(evaluation.variant).toBe('gpt');
    expect(steps.at(-1)).toMatchObject({
      step: 'rollout',
      unit: 'user-1',
      entered: false,
      rollout: { percentage: 10 },
    });
  });

  it('exits with 1 and says why where the evaluation ends in an error', async () => {
    const { exitCode, stdout, stderr } = await explain('support-model', {});
    expect(exitCode).toBe(1);
    expect(stdout).toContain("the caller's default (ERROR, TARGETING_KEY_MISSING)");
    expect(stderr).toContain('targetingKey');
  });

  it('tells what comes before the rules, and who went on to the next of them', async () => {
    const document = JSON.stringify({
      sluice: 1,
      layers: { room: { slots: 1 } },
      holdouts: { nobody: { percentage: 0 }, all: { percentage: 100 } },
      flags: {
        parent: {},
        f: {
          prerequisites: { parent: ['off'] },
          targets: { on: ['ada'] },
          holdout: 'nobody',
          layer: { name: 'room', slots: [0, 1] },
          rules: [{ name: 'first', when: { plan: 'pro' }, rollout: { percentage: 0, serve: 'on' }, otherwise: 'next' }],
          rollout: { percentage: 100, serve: 'on' },
        },
        held: { holdout: 'all' },
      },
    });
    const lines = async (flag: string, context: object) =>
      (await sluice(['explain', '-', flag, '--context', JSON.stringify(context)], { stdin: document })).stdout.split(
        '\n',
      );
    expect(await lines('f', { targetingKey: 'ada' })).toEqual([
      '1. prerequisite parent serves off: met',
      '2. the unit is a target of on',
      '→ on (TARGETING_MATCH) true',
      '',
    ]);
    expect(await lines('f', { targetingKey: 'bob', plan: 'pro' })).toEqual([
      '1. prerequisite parent serves off: met',
      '2. holdout nobody lets the unit through',
      "3. layer room has the unit in slot 0, which is this flag's",
      '4. rule first matches',
      expect.stringMatching(/^5\. every unit stays outside the rollout of 0%.*not compared; stage first/),
      expect.stringMatching(/^6\. every unit enters the rollout of 100%/),
      '→ on (SPLIT) true',
      '',
    ]);
    expect(await lines('held', { targetingKey: 'ada' })).toEqual([
      '1. holdout all keeps the unit out',
      '→ off (SPLIT) false',
      '',
    ]);
  });
});
