import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commented, commentedFile } from './commented.ts';

describe('sluice switches', () => {
  it('lists what holds now, since when, by whom and why', async () => {
    const file = commentedFile();
    const place = ['--target', file, '--switches', `${file}.switches.json`];
    const change = ['--by', 'ann', '--why', 'it answers nonsense', ...place];
    await sluice(['kill', 'ai-agent', '--for', '2h', ...change]);
    await sluice(['kill', 'tone', '--flag', ...change]);
    const { exitCode, stdout } = await sluice(['switches', ...place]);
    expect(exitCode).toBe(0);
    const time = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^name +kind +state +since +by +why +expires +declared$/),
      expect.stringMatching(`^ai-agent +switch +OFF +${time} +ann +it answers nonsense +${time} +yes$`),
      expect.stringMatching(/^code-execution +switch +OFF +yes$/),
      expect.stringMatching(`^tone +flag +OFF +${time} +ann +it answers nonsense +yes$`),
      '',
    ]);
    expect(readFileSync(file, 'utf8')).toBe(commented);
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await sluice(['switches', '--target', commentedFile(), '--json']);
    expect(JSON.parse(stdout)).toEqual([
      { target: { switch: 'ai-agent' }, on: true, declared: true, retryAfterSeconds: 300 },
      { target: { switch: 'code-execution' }, on: false, declared: true, retryAfterSeconds: 300 },
    ]);
  });

  it('takes the target from the environment', async () => {
    const file = commentedFile();
    process.env['SLUICE_TARGET'] = file;
    try {
      expect((await sluice(['switches'])).stdout).toContain('code-execution');
    } finally {
      delete process.env['SLUICE_TARGET'];
    }
  });

  it('names a file that is not there, and makes none', async () => {
    const file = join('no', 'such', 'flags.yaml');
    const { exitCode, stderr } = await sluice(['switches', '--target', file]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(file);
    expect(existsSync('no')).toBe(false);
  });
});
