import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commented, commentedFile } from './commented.ts';

const set = (file: string, ...words: string[]) =>
  sluice(['set', 'support-model', '--target', file, '--why', 'looks well', '--by', 'ann', ...words]);

describe('sluice set', () => {
  it('changes the percentage in a file and nothing else, byte for byte', async () => {
    const file = commentedFile();
    const { exitCode, stdout } = await set(file, '--percentage', '25');
    expect(exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(commented.replace('percentage: 10  #', 'percentage: 25  #'));
    expect(stdout).toMatch(/^support-model: .*10.*25.*\nrevision [0-9a-f]{16}\n$/);
  });

  it('changes the percentage of one rule', async () => {
    const file = commentedFile();
    expect((await set(file, '--percentage', '0.5', '--rule', 'eu')).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(commented.replace('percentage: 50,', 'percentage: 0.5,'));
  });

  it('leaves who did it and why in the audit trail', async () => {
    const file = commentedFile();
    await set(file, '--percentage', '25');
    const { stdout } = await sluice(['audit', '--target', file, '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ action: 'document', by: 'ann', why: 'looks well' }]);
  });

  it('shows both versions where another edit was first, and writes nothing', async () => {
    const file = commentedFile();
    const first = JSON.parse((await set(file, '--percentage', '25', '--json')).stdout);
    writeFileSync(file, readFileSync(file, 'utf8').replace('control: formal', 'control: warm'));
    const { exitCode, stdout, stderr } = await set(file, '--percentage', '50', '--expected', first.revision);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`made from revision ${first.revision}`);
    expect(stderr).toContain('+++ your edit, which was not written');
    expect(stderr).toMatch(
      /^- +26 {2} {6}percentage: 25 {2}# since May\n\+ +26 {2} {6}percentage: 50 {2}# since May$/m,
    );
    expect(readFileSync(file, 'utf8')).toContain('percentage: 25');
  });

  it.each(['101', '-1', 'NaN', '1e2', '', 'ten', 'Infinity', '0x10', '100.1'])(
    'refuses %j as a percentage',
    async (n) => {
      const file = commentedFile();
      const { exitCode, stderr } = await set(file, `--percentage=${n}`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('It has to be a number from 0 to 100');
      expect(readFileSync(file, 'utf8')).toBe(commented);
    },
  );

  it.each([
    [['--percentage', '5', '--rule', 'us'], 'us'],
    [['--percentage', '5', '--serve', 'gemini'], 'gemini'],
  ])('refuses %j, which names what is not there', async (words, name) => {
    const file = commentedFile();
    const { exitCode, stderr } = await set(file, ...words);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(name);
    expect(readFileSync(file, 'utf8')).toBe(commented);
  });
});
