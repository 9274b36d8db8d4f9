import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { followTextFile } from '../src/follow-text-file.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { told } from './told.ts';

function followed() {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, 'one');
  const following = followTextFile({ path, pollIntervalMs: 20, settleMs: 5 }, (text) => text());
  onTestFinished(() => following.end());
  return { path, following };
}

describe('followTextFile', () => {
  it('tells everybody who listens of a later text', async () => {
    const { path, following } = followed();
    const [first, second] = [told<string>(), told<string>()];
    following.add(first.push, 'one');
    following.add(second.push, 'one');
    writeFileSync(path, 'two');
    for (const each of [first, second]) while ((await each.next()) !== 'two');
  });

  it('tells those who listened before what somebody else has read since', async () => {
    const { path, following } = followed();
    const first = told<string>();
    following.add(first.push, 'one');
    writeFileSync(path, 'two');
    following.add(() => {}, 'two');
    expect(await first.next()).toBe('two');
  });

  it('tells nobody once it has ended, and whoever listens after that', async () => {
    const { path, following } = followed();
    const [before, after] = [told<string>(), told<string>()];
    following.add(before.push, 'one');
    following.end();
    following.add(after.push, 'one');
    writeFileSync(path, 'two');
    expect(await after.next()).toBe('two');
    expect(before.untaken).toEqual([]);
  });
});
