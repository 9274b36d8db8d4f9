import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Client, ProviderEvents, ServerProviderStatus } from '@openfeature/server-sdk';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../src/file-source.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { configMap } from './config-map.ts';
import { registered, type ToldEvent } from './registered.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { Told } from './told.ts';

const yaml = (model: string): string => `sluice: 1
version: "${model}"
flags:
  model: { variants: { only: ${model} }, control: only }
  other: { variants: { only: same }, control: only }
`;

async function serving(path: string): Promise<{ readonly client: Client; readonly events: Told<ToldEvent> }> {
  return registered(new SluiceProvider(fileSource(path, { settleMs: 5, pollIntervalMs: 50 })));
}

async function servingFile(text: string): Promise<{ path: string; client: Client; events: Told<ToldEvent> }> {
  const path = join(temporaryFolder(), 'folder', 'flags.yaml');
  mkdirSync(dirname(path));
  writeFileSync(path, text);
  return { path, ...(await serving(path)) };
}

const model = (client: Client): Promise<string> => client.getStringValue('model', 'the default');

const replaced =
  (make: (path: string) => void) =>
  (path: string): void => {
    rmSync(path);
    make(path);
  };

/** What happens to a file, and what the provider says of it. */
const faults: readonly (readonly [string, (path: string) => void, RegExp])[] = [
  ['is removed', (path) => rmSync(path), /there is no such file/],
  ['is removed with its folder', (path) => rmSync(dirname(path), { recursive: true }), /there is no such file/],
  ['is emptied', (path) => writeFileSync(path, ''), /1:1 {2}error/],
  ['is half written', (path) => writeFileSync(path, 'sluice: 1\nflags:\n  model: { variants: { on'), /3:\d+ {2}error/],
  [
    'holds a mistake',
    (path) => appendFileSync(path, '  third: { serve: on }\n'),
    /6:12 {2}error {2}flags\.third\.serve/,
  ],
  [
    'holds 50 MB',
    (path) => writeFileSync(path, `${yaml('x')}#${'x'.repeat(50e6)}`),
    /more than the 2097152 that are read/,
  ],
  ['holds no UTF-8', (path) => writeFileSync(path, Buffer.from([0x73, 0xff, 0xfe])), /it is not UTF-8/],
  ['holds a bomb of aliases', (path) => writeFileSync(path, aliasBomb()), /alias/i],
  ['holds a key __proto__', (path) => appendFileSync(path, '  __proto__: {}\n'), /cannot be used as a name/],
  ['becomes a folder', replaced((path) => mkdirSync(path)), /it is no regular file/],
  ['becomes a named pipe', replaced((path) => execFileSync('mkfifo', [path])), /it is no regular file/],
  // Taking away permissions would not do: root reads the file all the same.
  ['becomes a loop of links', replaced((path) => symlinkSync(path, path)), /ELOOP/],
];

/** Nine levels of nine aliases each. */
function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) =>
    level === 0
      ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
      : `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
  );
  return `sluice: 1\n${levels.join('\n')}\n`;
}

describe('a file that SluiceProvider serves', () => {
  it.each(faults)('that %s leaves the last good document, STALE, until it is mended', async (_, breakIt, message) => {
    const { path, client, events } = await servingFile(yaml('gpt'));
    breakIt(path);
    const stale = await events.next();
    expect(stale).toEqual({ event: ProviderEvents.Stale, message: expect.stringMatching(message) });
    expect(stale.message).toMatch(/^serving version gpt, the last good one: /);
    expect(stale.message).toContain(path);
    expect(client.providerStatus).toBe(ServerProviderStatus.STALE);
    expect(await client.getStringDetails('model', 'the default')).toMatchObject({
      value: 'gpt',
      reason: 'STATIC',
      flagMetadata: { stale: true },
    });

    rmSync(path, { recursive: true, force: true });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, yaml('claude'));
    let event = await events.next();
    // On its way back it may have been seen missing.
    while (event.event === ProviderEvents.Stale) event = await events.next();
    expect(event.event).toBe(ProviderEvents.Ready);
    expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged: ['model'] });
    expect(client.providerStatus).toBe(ServerProviderStatus.READY);
    expect(await model(client)).toBe('claude');
  });

  it('may be edited in place, and replaced by rename', async () => {
    const { path, client, events } = await servingFile(yaml('gpt'));
    writeFileSync(path, yaml('claude'));
    expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged: ['model'] });
    expect(await model(client)).toBe('claude');
    writeFileSync(`${path}~`, yaml('gemini'));
    renameSync(`${path}~`, path);
    expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged: ['model'] });
    expect(await model(client)).toBe('gemini');
  });

  it('may be a mounted config map', async () => {
    const map = configMap(temporaryFolder(), yaml('gpt'));
    const { client, events } = await serving(map.path);
    for (const next of ['claude', 'gemini', 'gpt']) {
      map.update(yaml(next));
      expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged: ['model'] });
      expect(await model(client)).toBe(next);
    }
    expect(client.providerStatus).toBe(ServerProviderStatus.READY);
  });

  it('is served as it is after the last of a hundred edits in a row', async () => {
    const { path, client, events } = await servingFile(yaml('edit-0'));
    for (let edit = 1; edit <= 100; edit++) writeFileSync(path, yaml(`edit-${edit}`));
    do expect(await events.next()).toMatchObject({ flagsChanged: ['model'] });
    while ((await model(client)) !== 'edit-100');
    expect(client.providerStatus).toBe(ServerProviderStatus.READY);
  });

  it('tells nothing when it is touched, or written anew without a change to any answer', async () => {
    const { path, events } = await servingFile(yaml('gpt'));
    utimesSync(path, new Date(0), new Date(0));
    writeFileSync(path, `# A comment\n${yaml('gpt')}`);
    writeFileSync(path, yaml('claude'));
    expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged: ['model'] });
    expect(events.untaken).toEqual([]);
  });
});
