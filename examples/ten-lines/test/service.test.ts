import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import type { MeasurementRecord } from '@sluice/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { start } from '../src/service.ts';

let folder: string;
let flags: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-ten-lines-'));
  flags = join(folder, 'flags.yaml');
  await cp('examples/ten-lines/flags.yaml', flags);
});

afterEach(async () => {
  await OpenFeature.close();
  OpenFeature.clearHooks();
  await rm(folder, { recursive: true });
});

async function records(): Promise<MeasurementRecord[]> {
  const files = (await readdir(join(folder, 'store'))).filter((name) => name.endsWith('.ndjson'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, 'store', name), 'utf8')));
  return texts.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
}

async function edit(from: string, to: string): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, () => resolve());
  });
  await writeFile(flags, (await readFile(flags, 'utf8')).replace(from, to));
  await changed;
}

describe('the ten lines', () => {
  it('answer, and record what each variant did', async () => {
    const service = await start(flags, join(folder, 'store'));
    const answer = await service.answer({ id: 'user-1' }, 'Is it raining?');
    expect(answer).toMatchObject({ answer: 'gpt-4o says: it depends.' });
    if (!('feedbackToken' in answer)) throw new Error('the switch is on');
    expect(await service.thumbsUp(answer.feedbackToken)).toEqual({ accepted: true });
    await service.stop();
    const outcomes = (await records()).filter((record) => record.type === 'outcome');
    expect(outcomes.map(({ metric }) => metric).sort()).toEqual(['errors', 'feedback', 'latency', 'quality']);
    expect(new Set(outcomes.map(({ run }) => run)).size).toBe(1);
  });

  it('stop serving when the switch is turned off in the file', async () => {
    const service = await start(flags, join(folder, 'store'));
    await edit('enabled: true', 'enabled: false');
    const answer = await service.answer({ id: 'user-1' }, 'Is it raining?');
    if (!(answer instanceof Response)) throw new Error('the switch is off');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toBe('300');
    expect(await answer.json()).toEqual({ error: 'Feature temporarily disabled', retry_after: 300 });
    await service.stop();
  });

  it('fall back to control where the candidate fails, and charge the error to the candidate', async () => {
    const service = await start(flags, join(folder, 'store'));
    await edit('percentage: 1', 'percentage: 100');
    const answer = await service.answer({ id: 'user-1' }, 'What breaks Claude?');
    expect(answer).toMatchObject({ answer: 'gpt-4o says: it depends.' });
    await service.stop();
    const outcomes = (await records()).filter((record) => record.type === 'outcome');
    expect(outcomes.map(({ variant, metric, value }) => ({ variant, metric, value }))).toEqual([
      { variant: 'claude', metric: 'errors', value: 1 },
    ]);
  });

  it('are the ones in the README', async () => {
    const [readme, source] = await Promise.all([
      readFile('README.md', 'utf8'),
      readFile('examples/ten-lines/src/service.ts', 'utf8'),
    ]);
    const shown = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const lines = (text: string): string[] =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const written = lines(source);
    // What the README leaves out is the function around each place; what it shows is all there, in order.
    const places = lines(shown)
      .filter((line) => !line.startsWith('//'))
      .map((line) => written.indexOf(line));
    expect(places.length).toBeGreaterThanOrEqual(10);
    expect(places.filter((place) => place === -1)).toEqual([]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
