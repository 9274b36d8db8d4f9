import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commented, commentedFile } from './commented.ts';
import { broken } from './documents.ts';
import { temporaryFolder } from './temporary-folder.ts';

const publish = (file: string, target: string, ...words: string[]) =>
  sluice(['publish', file, '--target', target, '--why', 'spring release', '--by', 'ann', ...words]);

describe('sluice publish', () => {
  it('puts the first document where there is none, byte for byte', async () => {
    const target = join(temporaryFolder(), 'live.yaml');
    const { exitCode, stdout } = await publish(commentedFile(), target);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nrevision [0-9a-f]{16}\n$/);
    expect(readFileSync(target, 'utf8')).toBe(commented);
  });

  it('shows both versions and writes nothing where there is one and no revision was named', async () => {
    const [file, target] = [commentedFile(), commentedFile()];
    await sluice(['set', 'support-model', '--percentage', '25', '--target', target, '--why', 'looks well']);
    const before = readFileSync(target, 'utf8');
    const { exitCode, stderr } = await publish(file, target);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^--- is there now, revision [0-9a-f]{16}$/m);
    expect(stderr).toMatch(/^- .*percentage: 25 .*\n\+ .*percentage: 10 /m);
    expect(readFileSync(target, 'utf8')).toBe(before);
  });

  it('replaces the revision that it names', async () => {
    const [file, target] = [commentedFile(), commentedFile()];
    const set = ['set', 'support-model', '--percentage', '25', '--target', target, '--why', 'looks well', '--json'];
    const { revision } = JSON.parse((await sluice(set)).stdout);
    expect(await publish(file, target, '--expected', revision)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(target, 'utf8')).toBe(commented);
  });

  it('reads standard input', async () => {
    const target = join(temporaryFolder(), 'live.yaml');
    const commandLine = ['publish', '-', '--target', target, '--why', 'piped'];
    expect(await sluice(commandLine, { stdin: commented })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(target, 'utf8')).toBe(commented);
  });

  it('refuses what is no document, and says where it is wrong', async () => {
    const target = commentedFile();
    const { exitCode, stderr } = await sluice(
      ['publish', '-', '--target', target, '--why', 'broken', '--expected', 'x'],
      { stdin: broken },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('percentage');
    expect(readFileSync(target, 'utf8')).toBe(commented);
  });
});
