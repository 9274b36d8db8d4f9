import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenFeature } from '@openfeature/server-sdk';
import { providerSuite } from '@sluice/conformance';
import golden from '@sluice/core/golden/07-evaluations.json' with { type: 'json' };
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileSource } from '../src/file-source.ts';
import { memorySource } from '../src/memory-source.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { testRecorder } from '../src/test-recorder.ts';
import { registered } from './registered.ts';
import { temporaryFolder } from './temporary-folder.ts';

providerSuite(
  { describe, it },
  {
    name: 'SluiceProvider over memorySource',
    create: (document) => new SluiceProvider(memorySource(document), { onWarning: () => {} }),
    golden,
  },
);

providerSuite(
  { describe, it },
  {
    name: 'SluiceProvider over fileSource',
    create: (document) => {
      const path = join(temporaryFolder(), 'flags.json');
      writeFileSync(path, JSON.stringify(document));
      return new SluiceProvider(fileSource(path), { onWarning: () => {} });
    },
    golden,
  },
);

describe('SluiceProvider', () => {
  const doubtful = {
    sluice: 1,
    flags: { model: { variants: { a: 'A' }, control: 'a', rollout: { percentage: 5, serve: 'a' } } },
  };

  it('hands what the client tracks to the recorder, with the merged context', async () => {
    const recorder = testRecorder();
    recorder.expose({ flag: 'model', variant: 'b', arm: 'candidate', stage: '1', unit: 'ada' });
    const { client } = await registered(new SluiceProvider(memorySource(doubtful), { recorder, onWarning: () => {} }));
    client.setContext({ targetingKey: 'ada' });
    client.track('purchase', { page: 7 }, { value: 9.5 });
    client.track('thumbs-up');
    expect(recorder.outcomes).toMatchObject([
      { metric: 'purchase', value: 9.5, flag: 'model', unit: 'ada' },
      { metric: 'thumbs-up', value: 1, flag: 'model', unit: 'ada' },
    ]);
  });

  it('takes tracking without a recorder', async () => {
    const { client } = await registered(new SluiceProvider(memorySource({ sluice: 1 })));
    client.track('purchase', {}, { value: 9.5 });
    expect(client.providerStatus).toBe('READY');
  });

  it('tells what is doubtful about each document that it reads, with its path and the source', async () => {
    const warned: string[] = [];
    const source = memorySource(doubtful);
    const provider = new SluiceProvider(source, {
      onWarning: (problems, name) => warned.push(`${name}: ${problems.map(({ path }) => path.join('.')).join()}`),
    });
    await registered(provider);
    source.replace({ sluice: 1 });
    source.replace(doubtful);
    expect(warned).toEqual(Array(2).fill('memory: flags.model.rollout.serve'));
  });

  it('warns by the process where nobody else is told', async () => {
    const warning = new Promise<Error>((resolve) => process.once('warning', resolve));
    await registered(new SluiceProvider(memorySource(doubtful)));
    expect(await warning).toMatchObject({
      name: 'SluiceWarning',
      message: expect.stringMatching(/^memory\n {2}warning {2}flags\.model\.rollout\.serve {2}is control/),
    });
  });

  it('serves a doubtful document also where whoever is told of the doubt throws', async () => {
    const warning = new Promise<Error>((resolve) => process.once('warning', resolve));
    const onWarning = (): void => {
      throw new Error('the log is full');
    };
    const { client } = await registered(new SluiceProvider(memorySource(doubtful), { onWarning }));
    expect(await client.getStringValue('model', 'x', { targetingKey: 'ada' })).toBe('A');
    expect(await warning).toMatchObject({ name: 'SluiceWarning', message: 'the log is full' });
  });

  it('is a server provider that OpenFeature knows as sluice', async () => {
    const provider = new SluiceProvider(memorySource({ sluice: 1 }));
    onTestFinished(() => provider.onClose());
    expect(provider.runsOn).toBe('server');
    await OpenFeature.setProviderAndWait('named', provider);
    expect(OpenFeature.getProviderMetadata('named')).toEqual({ name: 'sluice' });
  });
});
