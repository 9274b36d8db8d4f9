import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { written } from './definitions.ts';
import { broken, valid } from './documents.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('sluice export flagd', () => {
  it('prints definitions, and on stderr what they cannot say', async () => {
    const { exitCode, stdout, stderr } = await sluice(['export', 'flagd', '-'], { stdin: valid });
    expect(exitCode).toBe(0);
    expect(Object.keys(JSON.parse(stdout).flags)).toContain('support-model');
    expect(stderr).toMatch(/^ {2}(lost|caveat) {2}flags\.support-model/m);
  });

  it('writes them to a file, and nothing for a document that cannot be used', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'flagd.json');
    const refused = await sluice(['export', 'flagd', written(folder, 'broken.yaml', broken), '--out', out]);
    expect([refused.exitCode, existsSync(out)]).toEqual([1, false]);
    expect((await sluice(['export', 'flagd', written(folder, 'valid.yaml', valid), '--out', out])).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toHaveProperty('flags');
  });
});
