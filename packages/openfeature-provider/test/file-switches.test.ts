import { execFile } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { switchSuite } from '@sluice/conformance';
import type { SwitchChange } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FileSwitchesOptions, fileSwitches } from '../src/file-switches.ts';
import { off } from './switchable-store.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type Told, told } from './told.ts';

switchSuite(
  { describe, it },
  {
    name: 'fileSwitches',
    create: () => {
      const path = join(temporaryFolder(), 'switches.json');
      const open = () => fileSwitches(path, { pollIntervalMs: 20, settleMs: 5 });
      return {
        store: open(),
        other: open(),
        interrupt: async () => renameSync(path, `${path}.away`),
        resume: async () => renameSync(`${path}.away`, path),
      };
    },
  },
);

const ann = { by: 'ann', why: 'it answers again' };

function switchFile(options?: FileSwitchesOptions) {
  const path = join(temporaryFolder(), 'switches.json');
  const open = () => {
    const switches = fileSwitches(path, { pollIntervalMs: 20, settleMs: 5, ...options });
    onTestFinished(() => switches.close());
    return switches;
  };
  const follow = async (): Promise<Told<SwitchChange>> => {
    const switches = open();
    const changes = told<SwitchChange>();
    await switches.read();
    switches.watch(changes.push);
    return changes;
  };
  return { path, open, follow };
}

async function run(program: string, ...args: readonly string[]): Promise<string> {
  const built = fileURLToPath(new URL('../dist/esm/index.js', import.meta.url));
  if (!existsSync(built)) throw new Error(`${built} is missing: run "pnpm build" first`);
  const file = fileURLToPath(new URL(`./programs/${program}.mjs`, import.meta.url));
  // Without the options by which the test runner resolves packages to their sources.
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return stdout;
}

describe('fileSwitches', () => {
  it('begins with nothing set where there is no file, and makes none by reading', async () => {
    const { path, open } = switchFile();
    expect(await open().read()).toEqual({ revision: 0, switches: new Map(), flags: new Map() });
    expect(existsSync(path)).toBe(false);
  });

  it('keeps switches and killed flags for the next process, as JSON to be read and edited', async () => {
    const { path, open } = switchFile();
    await open().set({ switch: 'agent' }, off({ retryAfterSeconds: 60, expiresAt: 5 }));
    const revision = await open().set({ flag: 'model' }, off());
    expect(await open().read()).toEqual({
      revision,
      switches: new Map([['agent', off({ retryAfterSeconds: 60, expiresAt: 5 })]]),
      flags: new Map([['model', off()]]),
    });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      revision,
      switches: { agent: off({ retryAfterSeconds: 60, expiresAt: 5 }) },
      flags: { model: off() },
    });
  });

  it('tells those who follow of each change, and of an edit by hand', async () => {
    const { path, open, follow } = switchFile();
    const changes = await follow();
    await open().set({ switch: 'agent' }, off());
    expect((await changes.next()).states?.switches.get('agent')).toEqual(off());
    await open().clear({ switch: 'agent' }, ann);
    expect((await changes.next()).states?.switches.size).toBe(0);
    writeFileSync(path, JSON.stringify({ revision: 3, switches: {}, flags: { model: off() } }));
    expect((await changes.next()).states).toMatchObject({ revision: 3, flags: new Map([['model', off()]]) });
  });

  it('tells nothing of what was read, when it is watched', async () => {
    const { open, follow } = switchFile();
    const changes = await follow();
    await open().set({ switch: 'agent' }, off());
    expect((await changes.next()).states?.switches.size).toBe(1);
  });

  it.each([
    ['half a file', '{ "revision": 3, "switches": {'],
    ['an empty one', ''],
    ['JSON of something else', '{ "sluice": 1 }'],
  ])(
    'tells an error that names the file of %s, does not change it, and is well again when it is mended',
    async (_, bad) => {
      const { path, open, follow } = switchFile();
      await open().set({ switch: 'agent' }, off());
      const good = readFileSync(path, 'utf8');
      const changes = await follow();
      writeFileSync(path, bad);
      expect((await changes.next()).error?.message).toContain(`${path} holds no switch states: `);
      await expect(open().read()).rejects.toThrow(path);
      await expect(open().set({ switch: 'agent' }, off())).rejects.toThrow(path);
      expect(readFileSync(path, 'utf8')).toBe(bad);
      writeFileSync(path, good);
      expect((await changes.next()).states?.switches.get('agent')).toEqual(off());
    },
  );

  it('takes a file that is gone for an error where it held something, so that no kill is lost with it', async () => {
    const { path, open, follow } = switchFile();
    await open().set({ switch: 'agent' }, off());
    const changes = await follow();
    rmSync(path);
    expect((await changes.next()).error?.message).toMatch(/switches\.json is gone, with the switch states/);
    await open().set({ switch: 'tools' }, off());
    expect([...((await changes.next()).states?.switches.keys() ?? [])]).toEqual(['tools']);
  });

  it('lists every change beside the file, newest first', async () => {
    const { path, open } = switchFile();
    const first = await open().set({ switch: 'agent' }, off());
    const second = await open().clear({ switch: 'agent' }, ann);
    const target = { switch: 'agent' };
    const at = expect.any(Number);
    const cleared = { action: 'switch', at, ...ann, target, state: null, revision: second };
    const killed = { action: 'switch', at, by: 'ann', why: 'it lies', target, state: off(), revision: first };
    expect(await open().audit(10)).toEqual([cleared, killed]);
    expect(await open().audit(1)).toEqual([cleared]);
    expect(readFileSync(`${path}.audit.ndjson`, 'utf8').split('\n')).toHaveLength(3);
  });

  it('writes nothing of a state that no reader would accept', async () => {
    const { path, open } = switchFile();
    await expect(open().set({ switch: 'agent' }, off({ since: Number.NaN }))).rejects.toThrow('since');
    expect(existsSync(path)).toBe(false);
    expect(await open().audit(1)).toEqual([]);
  });

  it('loses no change of several processes that change at once', async () => {
    const { path, open } = switchFile();
    const names = ['a', 'b', 'c'].map((who) => [1, 2, 3, 4].map((number) => `${who}${number}`));
    await Promise.all(names.map((each) => run('set-switches', path, ...each)));
    expect([...(await open().read()).switches.keys()].sort()).toEqual(names.flat());
    const revisions = (await open().audit(100)).map((entry) => entry.action === 'switch' && entry.revision);
    expect(revisions).toHaveLength(12);
    expect(revisions).toEqual([...new Set(revisions)].sort().reverse());
  });

  it('lets a process end by itself that follows, though a state expires only in an hour', async () => {
    const { path } = switchFile();
    expect(await run('kill-and-end', path)).toBe('flag');
  });
});
