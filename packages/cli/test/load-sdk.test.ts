import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSdk } from '../src/verify-import/load-sdk.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('a vendor’s SDK', () => {
  it('is that of the project in which the command was called', async () => {
    const project = temporaryFolder();
    const folder = join(project, 'node_modules', 'some-sdk');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"name":"some-sdk","version":"1.2.3","main":"index.js"}');
    writeFileSync(join(folder, 'index.js'), 'exports.answer = 42;');
    expect(await loadSdk('some-sdk', project)).toMatchObject({ answer: 42 });
  });

  it('is asked for by the line that installs it, where it is not there', async () => {
    await expect(loadSdk('no-such-sdk', temporaryFolder())).rejects.toMatchObject({
      exitCode: 3,
      message: 'no-such-sdk is not installed here; run: npm install --save-dev no-such-sdk',
    });
  });
});
