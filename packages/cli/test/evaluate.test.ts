import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { broken, valid } from './documents.ts';

const evaluate = async (flag: string, context: object = {}) => {
  const { exitCode, stdout, stderr } = await sluice(
    ['evaluate', '-', flag, '--context', JSON.stringify(context), '--json'],
    { stdin: valid },
  );
  return { exitCode, details: stdout === '' ? undefined : JSON.parse(stdout), stderr };
};

describe('sluice evaluate', () => {
  it("prints OpenFeature's evaluation details", async () => {
    const { exitCode, details } = await evaluate('support-model', { targetingKey: 'u', email: 'a@acme.com' });
    expect(exitCode).toBe(0);
    expect(details).toMatchObject({
      flagKey: 'support-model',
      value: { model: 'claude' },
      variant: 'claude',
      reason: 'TARGETING_MATCH',
      flagMetadata: { flagSetId: 'support', 'sluice.kind': 'model', 'experiment.arm': 'none' },
    });
  });

  it.each([
    ['tone', 'formal'],
    ['limit', 1],
    ['ai-agent', true],
    ['code-execution', false],
    ['runner', false],
  ])('asks for %s by its own type', async (flag, value) => {
    const { exitCode, details } = await evaluate(flag);
    expect({ exitCode, value: details.value }).toEqual({ exitCode: 0, value });
  });

  it.each([
    ['support-model', 'TARGETING_KEY_MISSING'],
    ['missing', 'FLAG_NOT_FOUND'],
  ])('exits with 1 where the evaluation of %s ends in %s, and still prints it', async (flag, errorCode) => {
    const { exitCode, details, stderr } = await evaluate(flag);
    expect({ exitCode, errorCode: details.errorCode }).toEqual({ exitCode: 1, errorCode });
    expect(stderr).toContain(flag);
  });

  it('prints a line for each detail to a person', async () => {
    const { stdout } = await sluice(['evaluate', '-', 'tone'], { stdin: valid });
    expect(stdout).toMatch(/^variant +formal$/m);
    expect(stdout).toMatch(/^reason +STATIC$/m);
  });

  it('lists the problems of a document that cannot be used', async () => {
    const { exitCode, stderr } = await sluice(['evaluate', '-', 'support-model'], { stdin: broken });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('flags.support-model.rollout.percentage');
  });
});
