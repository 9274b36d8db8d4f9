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
});
