import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { broken, valid } from './documents.ts';

describe('sluice validate', () => {
  it('says that a document is valid and what it holds', async () => {
    const { exitCode, stdout } = await sluice(['validate', '-'], { stdin: valid });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '- is valid: 4 flags, 2 switches\n' });
  });

  it('lists problems with file, line and column on stderr and exits with 1', async () => {
    const { exitCode, stdout, stderr } = await sluice(['validate', '-'], { stdin: broken });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^-:6:16 {2}error {2}flags\.support-model\.rollout\.percentage/m);
  });

  it('reads a file as the provider would, and refuses what is no file', async () => {
    const file = await sluice(['validate', 'examples/ten-lines/flags.yaml']);
    expect(file).toMatchObject({ exitCode: 0, stdout: 'examples/ten-lines/flags.yaml is valid: 1 flag, 1 switch\n' });
    const folder = await sluice(['validate', 'examples']);
    expect(folder.exitCode).toBe(3);
    expect(folder.stderr).toContain('it is no regular file');
  });

  it('prints the same as JSON on stdout', async () => {
    const { exitCode, stdout } = await sluice(['validate', '-', '--json'], { stdin: broken });
    const { valid: isValid, problems } = JSON.parse(stdout);
    expect({ exitCode, isValid }).toEqual({ exitCode: 1, isValid: false });
    expect(problems[0]).toMatchObject({
      severity: 'error',
      line: 6,
      path: ['flags', 'support-model', 'rollout', 'percentage'],
    });
  });

  it('accepts a document with warnings, and shows them', async () => {
    const { exitCode, stderr } = await sluice(['validate', '-'], {
      stdin: 'sluice: 1\nflags: { m: { kind: model } }\n',
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning  flags.m');
  });

  it('refuses a prompt whose template cannot be read', async () => {
    const prompt = 'sluice: 1\nflags: { p: { variants: { a: "Hello {{#name" }, control: a, kind: prompt } }\n';
    const { exitCode, stderr } = await sluice(['validate', '-'], { stdin: prompt });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/error {2}flags\.p\.variants\.a/);
  });
});
