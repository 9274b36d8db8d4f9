import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commentedFile } from './commented.ts';

describe('sluice audit', () => {
  it('lists changes of document and switches together, newest first, as many as it is asked for', async () => {
    const file = commentedFile();
    const place = ['--target', file, '--switches', `${file}.switches.json`];
    await sluice(['set', 'support-model', '--percentage', '25', '--by', 'ann', '--why', 'looks well', ...place]);
    await sluice(['kill', 'ai-agent', '--by', 'bob', '--why', 'it answers nonsense', ...place]);
    const rows = (await sluice(['audit', ...place])).stdout.trimEnd().split('\n');
    expect(rows).toEqual([
      expect.stringMatching(/^at +change +by +why$/),
      expect.stringMatching(/^\d{4}-\S+Z {2}switch ai-agent OFF +bob {2}it answers nonsense$/),
      expect.stringMatching(/^\d{4}-\S+Z {2}support-model: .*25.* ann {2}looks well$/),
    ]);
    expect(JSON.parse((await sluice(['audit', '--limit', '1', '--json', ...place])).stdout)).toMatchObject([
      { action: 'switch', by: 'bob' },
    ]);
  });

  it('says that nothing was changed yet', async () => {
    const { exitCode, stdout, stderr } = await sluice(['audit', '--target', commentedFile()]);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: 'Nothing was changed yet.\n' });
  });
});
