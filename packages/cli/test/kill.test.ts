import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commented, commentedFile } from './commented.ts';

const why = ['--why', 'it answers nonsense', '--by', 'ann'];

describe('sluice kill', () => {
  it('turns a switch off in a file, and changes nothing but its place', async () => {
    const file = commentedFile();
    const { exitCode, stdout, stderr } = await sluice(['kill', 'ai-agent', '--target', file, ...why]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^switch ai-agent is OFF: written to file .*flags\.yaml after \d+ ms$/m);
    expect(stderr).toContain('is not told which processes follow it');
    expect(readFileSync(file, 'utf8')).toBe(commented.replace('enabled: true,   retry', 'enabled: false,   retry'));
  });

  it('kills a flag in a file, which then serves its control', async () => {
    const file = commentedFile();
    const { exitCode, stdout } = await sluice(['kill', 'tone', '--target', file, ...why]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('flag tone is KILLED');
    const { stdout: details } = await sluice(['evaluate', file, 'tone', '--context', '{"targetingKey":"u"}', '--json']);
    expect(JSON.parse(details)).toMatchObject({
      variant: 'formal',
      reason: 'DEFAULT',
      flagMetadata: { switch: 'tone' },
    });
  });

  it('keeps the state apart from the document where it is told to, with all that was said', async () => {
    const file = commentedFile();
    const place = ['--target', file, '--switches', `${file}.switches.json`];
    const before = Date.now();
    const killed = ['kill', 'ai-agent', '--retry-after', '60', '--for', '30m', '--json', ...place, ...why];
    const { stdout } = await sluice(killed);
    const after = Date.now();
    expect(JSON.parse(stdout)).toMatchObject({
      target: { switch: 'ai-agent' },
      on: false,
      revision: expect.any(Number),
    });
    const [row] = JSON.parse((await sluice(['switches', '--json', ...place])).stdout);
    expect(row.state).toMatchObject({ by: 'ann', why: 'it answers nonsense', retryAfterSeconds: 60 });
    expect(row.state.expiresAt).toBeGreaterThanOrEqual(before + 1_800_000);
    expect(row.state.expiresAt).toBeLessThanOrEqual(after + 1_800_000);
    expect(readFileSync(file, 'utf8')).toBe(commented);
  });

  it('refuses a name that the document does not have, unless told to take it', async () => {
    const file = commentedFile();
    const commandLine = ['kill', 'ai-agnet', '--target', file, '--switches', `${file}.switches.json`, ...why];
    const refused = await sluice(commandLine);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('ai-agent');
    expect(await sluice([...commandLine, '--undeclared'])).toMatchObject({ exitCode: 0 });
  });

  it('prints a name with control characters escaped, and does not take it', async () => {
    const { exitCode, stdout, stderr } = await sluice([
      'kill',
      '\u001b[2Kall\nwell',
      '--target',
      commentedFile(),
      ...why,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/\\u001b\[2Kall\\nwell|\\u\{1b\}\[2Kall/);
    expect(stderr).not.toContain('\u001b');
  });

  it.each([
    [['--why', ''], 'It has to say why'],
    [['--why', ' \t'], 'It has to say why'],
    [[], "required option '--why <text>' not specified"],
    [['--why', 'x', '--for', 'soon'], 'It has to be a duration'],
    [['--why', 'x', '--wait', '-1s'], 'It has to be a duration'],
    [['--why', 'x', '--retry-after', '0'], 'whole number of at least 1'],
    [['--why', 'x', '--flag', '--switch'], "option '--flag' cannot be used with option '--switch'"],
    [['--why', 'x', '--target', ''], 'Nothing says where'],
    [['--why', 'x', '--target', 'ftp://x'], 'A target is a file'],
    [['--why', 'x', '--target', 'https://ann:s3cret@server'], 'A server takes no user and password in its URL'],
    [['--why', 'x', '--target', 'redis://:s3cret@a b'], 'The address of Redis cannot be understood'],
  ])('refuses %j with exit code 2, and repeats no secret', async (words, message) => {
    const file = commentedFile();
    const { exitCode, stdout, stderr } = await sluice(['kill', 'ai-agent', '--target', file, ...words]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('s3cret');
    expect(readFileSync(file, 'utf8')).toBe(commented);
  });
});
