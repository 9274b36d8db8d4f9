import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commented, commentedFile } from './commented.ts';

const promote = (file: string, flag: string, variant: string) =>
  sluice(['promote', flag, variant, '--target', file, '--why', 'won the test']);

describe('sluice promote', () => {
  it('makes the variant the control and ends the rollout, and keeps every other line', async () => {
    const file = commentedFile();
    const { exitCode, stdout } = await promote(file, 'tone', 'warm');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('tone');
    expect(readFileSync(file, 'utf8')).toBe(
      commented.replace('control: formal\n    rollout: { serve: warm, percentage: 100 }\n', 'control: warm\n'),
    );
  });

  it('refuses a variant that is not there', async () => {
    const file = commentedFile();
    const { exitCode, stderr } = await promote(file, 'tone', 'rude');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('rude');
    expect(readFileSync(file, 'utf8')).toBe(commented);
  });
});
