import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { percentages, written } from './definitions.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function imported(): Promise<{ readonly input: string; readonly document: string; readonly folder: string }> {
  const folder = temporaryFolder();
  const [input, document] = [written(folder, 'in.json', percentages), join(folder, 'flags.json')];
  await sluice(['import', 'percentages', input, '--out', document]);
  return { input, document, folder };
}

describe('sluice verify-import', () => {
  it('finds no difference in an import', async () => {
    const { input, document } = await imported();
    const { exitCode, stdout } = await sluice(['verify-import', 'percentages', input, document, '--units', '2000']);
    expect([exitCode, stdout.split('\n').slice(0, -1)]).toEqual([
      0,
      [expect.stringContaining('4000 answers for 2000 units compared with'), 'no difference'],
    ]);
  });

  it('prints the flags that differ, with contexts in which they do, and exits with 1', async () => {
    const { input, document, folder } = await imported();
    const changed = written(folder, 'in.json', { ...percentages, search: { enabled: true, percentage: 26 } });
    const { exitCode, stdout } = await sluice(['verify-import', 'percentages', changed, document, '--units', '5000']);
    expect(input).toBe(changed);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^search: \d+ different$/m);
    expect(stdout).toMatch(/^ {2}\{"targetingKey":".+"\}$/m);
    expect(stdout).toContain('    vendor {"value":true');
    expect(stdout).toContain('1 flag differs');
    expect(stdout).not.toContain('chat');
  });

  it('asks the same units each time, others with another seed, and one flag where it is named', async () => {
    const { input, document } = await imported();
    const ask = async (...options: string[]) => {
      const line = ['verify-import', 'percentages', input, document, '--units', '300', '--json', ...options];
      return JSON.parse((await sluice(line)).stdout);
    };
    expect(await ask()).toEqual(await ask());
    expect(await ask('--flag', 'search')).toMatchObject({ answers: 300, differences: {} });
  });

  it('counts a flag that the document lacks as one that differs', async () => {
    const { input, folder } = await imported();
    const without = written(folder, 'without.json', { sluice: 1, flags: {} });
    const { exitCode, stdout } = await sluice(['verify-import', 'percentages', input, without, '--units', '10']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('search: not in the document\nchat: not in the document\n2 flags differ');
  });

  it('shows how far it is where a person watches', async () => {
    const { input, document } = await imported();
    const line = ['verify-import', 'percentages', input, document, '--units', '1200'];
    expect((await sluice(line, { watched: true })).stderr).toContain('of 1200 units');
    expect((await sluice(line)).stderr).toBe('');
  });
});
