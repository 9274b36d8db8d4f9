import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseTokens } from '../src/serve/tokens-file.ts';
import { sluice } from './captured-terminal.ts';

describe('sluice token', () => {
  it('shows a secret once and prints the line that lets it in', async () => {
    const { exitCode, stdout, stderr } = await sluice(['token', 'web', '--role', 'evaluate:client']);
    expect(exitCode).toBe(0);
    const [secret = ''] = stderr.split('\n');
    expect(secret).toMatch(/^sluice_[\w-]{43}$/);
    const sha256 = createHash('sha256').update(secret).digest('hex');
    expect(parseTokens(stdout, 'tokens')).toEqual([{ name: 'web', role: 'evaluate:client', sha256 }]);
    expect(stdout).not.toContain(secret);
  });

  it('makes another secret each time', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => sluice(['token', 'web', '--role', 'ingest', '--json'])));
    expect(JSON.parse(first?.stdout ?? '').secret).not.toBe(JSON.parse(second?.stdout ?? '').secret);
  });

  it.each([
    [['web', '--role', 'admin'], 'Allowed choices are evaluate, evaluate:client, ingest, operate'],
    [['web'], "required option '--role <role>' not specified"],
    [[' ', '--role', 'ingest'], 'It has to be a readable name'],
    [['a\u001b[2J', '--role', 'ingest'], 'It has to be a readable name'],
  ])('refuses %j', async (words, message) => {
    const { exitCode, stdout, stderr } = await sluice(['token', ...words]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
