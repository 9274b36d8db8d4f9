import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { valid } from './documents.ts';

const simulate = (flag: string, ...more: string[]) => sluice(['simulate', '-', flag, ...more], { stdin: valid });

describe('sluice simulate', () => {
  it('counts who gets what, arm by arm', async () => {
    const { exitCode, stdout } = await simulate('support-model', '--units', '50000', '--json');
    const { units, groups } = JSON.parse(stdout);
    expect({ exitCode, units }).toEqual({ exitCode: 0, units: 50_000 });
    const share = (arm: string): number => groups.find((group: { arm: string }) => group.arm === arm).share;
    // Five standard deviations of a share of 10% among 50,000.
    expect(Math.abs(share('candidate') - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / 50_000));
    expect(Math.abs(share('control') - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / 50_000));
    expect(groups.reduce((sum: number, group: { units: number }) => sum + group.units, 0)).toBe(50_000);
  });

  it('gives the same counts each time', async () => {
    const [first, second] = await Promise.all([
      simulate('support-model', '--json'),
      simulate('support-model', '--json'),
    ]);
    expect(first?.stdout).toBe(second?.stdout);
  });

  it('gives everyone what all have in common', async () => {
    const { stdout } = await simulate('support-model', '--units', '10', '--context', '{"email":"a@acme.com"}');
    expect(stdout).toMatch(/^claude +10 +100\.000% +TARGETING_MATCH +none$/m);
  });

  it('draws a progress bar on stderr only where a person watches', async () => {
    const commandLine = ['simulate', '-', 'support-model', '--units', '60000'];
    const watched = await sluice(commandLine, { stdin: valid, watched: true });
    const logged = await sluice(commandLine, { stdin: valid });
    expect(watched.stderr).toContain('of 60000 units');
    expect(logged.stderr).toBe('');
    expect(watched.stdout).toBe(logged.stdout);
  });

  it('refuses a flag that the document does not have', async () => {
    const { exitCode, stderr } = await simulate('missing');
    expect(exitCode).toBe(1);
    expect(stderr).toBe('- has no flag "missing"\n');
  });
});
