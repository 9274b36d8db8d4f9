import {
  appendFileSync,
  type FSWatcher,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type WatchedFile, watchTextFile } from '../src/watch-text-file.ts';
import { configMap } from './config-map.ts';
import { looksFromNow, timeForALook } from './looks.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type Told, told } from './told.ts';

/** Never polled within a test, so what is told was told by the folder. */
const NEVER_MS = 3_600_000;

/** The texts, or the errors' messages, that are told of a file. */
function follow(file: Partial<WatchedFile> & { readonly path: string }): Told<string> & { stop(): void } {
  const texts = told<string>();
  const stop = watchTextFile({ pollIntervalMs: NEVER_MS, settleMs: 5, lastText: undefined, ...file }, (text) => {
    try {
      texts.push(text());
    } catch (error) {
      texts.push((error as Error).message);
    }
  });
  onTestFinished(stop);
  return { ...texts, stop };
}

function fileWith(text: string): string {
  const path = join(temporaryFolder(), 'flags.yaml');
  writeFileSync(path, text);
  return path;
}

/** What the system tells of a folder, to await that a change has arrived. */
function eventsOf(folder: string): Told<string | null> {
  const events = told<string | null>();
  const watcher: FSWatcher = watch(folder, (_, name) => events.push(name));
  onTestFinished(() => watcher.close());
  return events;
}

describe('watchTextFile', () => {
  it('tells the text at once where it is not the one that is known', async () => {
    const path = fileWith('new');
    expect(await follow({ path, lastText: 'old' }).next()).toBe('new');
  });

  it('tells of an edit in place', async () => {
    const path = fileWith('one');
    const texts = follow({ path, lastText: 'one' });
    writeFileSync(path, 'two');
    expect(await texts.next()).toBe('two');
    appendFileSync(path, ' and a half');
    expect(await texts.next()).toBe('two and a half');
  });

  it('tells of a file that is renamed over it, as editors do, and of the next one too', async () => {
    const path = fileWith('one');
    const texts = follow({ path, lastText: 'one' });
    for (const text of ['two', 'three']) {
      writeFileSync(`${path}.swp`, text);
      renameSync(`${path}.swp`, path);
      expect(await texts.next()).toBe(text);
    }
  });

  it('tells of each swap of a config map', async () => {
    const map = configMap(temporaryFolder(), 'one');
    const texts = follow({ path: map.path, lastText: 'one' });
    for (const text of ['two', 'three', 'four']) {
      map.update(text);
      expect(await texts.next()).toBe(text);
    }
  });

  it('tells by polling of a file elsewhere that it is a link to', async () => {
    const target = fileWith('one');
    const path = join(temporaryFolder(), 'flags.yaml');
    symlinkSync(target, path);
    const texts = follow({ path, lastText: 'one', pollIntervalMs: 20 });
    writeFileSync(target, 'two');
    expect(await texts.next()).toBe('two');
  });

  it('tells that the file is gone, and its text when it is back, the same one too', async () => {
    const path = fileWith('one');
    const texts = follow({ path, lastText: 'one' });
    unlinkSync(path);
    expect(await texts.next()).toBe(`${path} cannot be read: there is no such file`);
    writeFileSync(path, 'one');
    expect(await texts.next()).toBe('one');
  });

  it('tells that the folder is gone, and of the file in a new one', async () => {
    const path = join(temporaryFolder(), 'folder', 'flags.yaml');
    mkdirSync(dirname(path));
    writeFileSync(path, 'one');
    const texts = follow({ path, lastText: 'one', pollIntervalMs: 20 });
    rmSync(dirname(path), { recursive: true });
    expect(await texts.next()).toBe(`${path} cannot be read: there is no such file`);
    mkdirSync(dirname(path));
    writeFileSync(path, 'two');
    expect(await texts.next()).toBe('two');
    writeFileSync(path, 'three');
    expect(await texts.next()).toBe('three');
  });

  it('waits for a file whose folder is not there yet', async () => {
    const path = join(temporaryFolder(), 'folder', 'flags.yaml');
    const texts = follow({ path, pollIntervalMs: 20 });
    expect(await texts.next()).toBe(`${path} cannot be read: there is no such file`);
    mkdirSync(dirname(path));
    writeFileSync(path, 'one');
    expect(await texts.next()).toBe('one');
  });

  it('tells an error once, however often it is looked at', async () => {
    const path = join(temporaryFolder(), 'flags.yaml');
    const events = eventsOf(dirname(path));
    const texts = follow({ path });
    expect(await texts.next()).toBe(`${path} cannot be read: there is no such file`);
    // Nobody can read a link to itself, root included, and that is another error.
    symlinkSync(path, path);
    expect(await texts.next()).toMatch(/cannot be read: ELOOP/);
    unlinkSync(path);
    symlinkSync(path, path);
    for (let event = 0; event < 3; event++) await events.next();
    writeFileSync(`${path}.new`, 'one');
    renameSync(`${path}.new`, path);
    expect(await texts.next()).toBe('one');
  });

  it('tells nothing of a file that was only touched, or written as it was', async () => {
    const path = fileWith('one');
    const events = eventsOf(dirname(path));
    const texts = follow({ path, lastText: 'one', settleMs: 0 });
    for (const touch of [() => utimesSync(path, new Date(), new Date()), () => writeFileSync(path, 'one')]) {
      touch();
      await events.next();
      for (let looks = 0; looks < 5; looks++) await timeForALook(path);
    }
    writeFileSync(path, 'two');
    expect(await texts.next()).toBe('two');
  });

  it('waits until two looks agree, so a writer who pauses half-way is not caught there', async () => {
    const path = fileWith('two');
    const looks = await looksFromNow();
    const texts = follow({ path, lastText: 'one', settleMs: 300 });
    await timeForALook(path);
    expect(looks()).toBe(1);
    writeFileSync(path, 'two, and');
    while (looks() < 3 && texts.untaken.length === 0) await timeForALook(path);
    writeFileSync(path, 'two, and the rest');
    expect(await texts.next()).toBe('two, and the rest');
  });

  it('ends with the last of a hundred edits in a row, and tells none after it', async () => {
    const path = fileWith('0');
    const texts = follow({ path, lastText: '0' });
    for (let edit = 1; edit <= 100; edit++) {
      writeFileSync(path, String(edit));
      if (edit % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    let text = await texts.next();
    while (text !== '100') text = await texts.next();
    writeFileSync(path, 'done');
    expect(await texts.next()).toBe('done');
  });

  it('does not read the file for what happens to others in its folder', async () => {
    const path = fileWith('one');
    const log = join(dirname(path), 'server.log');
    const texts = follow({ path, lastText: 'zero' });
    await texts.next();
    const events = eventsOf(dirname(path));
    const looks = await looksFromNow();
    for (let line = 0; line < 100; line++) {
      appendFileSync(log, 'a line\n');
      await events.next();
      await timeForALook(path);
    }
    expect(looks()).toBe(0);
    writeFileSync(path, 'two');
    expect(await texts.next()).toBe('two');
    expect(looks()).toBeGreaterThan(0);
  });

  it('tells nothing once it is stopped, even of what it was about to tell', async () => {
    const path = fileWith('one');
    const stopped = follow({ path, lastText: 'zero', settleMs: 1 });
    const other = follow({ path, lastText: 'one' });
    stopped.stop();
    stopped.stop();
    writeFileSync(path, 'two');
    expect(await other.next()).toBe('two');
    expect(stopped.untaken).toEqual([]);
  });
});
