import { OpenFeature } from '@openfeature/server-sdk';
import { memorySource, SluiceProvider } from '@sluice/openfeature-provider';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { specificationFlags } from './specification-flags.ts';

// The scenario is in metadata.feature and once more in evaluation_v2.feature.
describe.each(['metadata', 'evaluation_v2'])('specification: metadata, as in %s', () => {
  beforeEach(() => OpenFeature.setProviderAndWait(new SluiceProvider(memorySource(specificationFlags))));
  afterEach(() => OpenFeature.clearProviders());

  it('holds a text, an integer, a fraction and a boolean', async () => {
    const client = OpenFeature.getClient();
    const { flagMetadata } = await client.getBooleanDetails('metadata-flag', true, { targetingKey: 'u1' });
    expect(flagMetadata).toMatchObject({ version: '1.0.2', 'experiment.share': 0.5, 'experiment.active': true });
    const switched = await client.getBooleanDetails('switched-metadata-flag', true);
    expect(switched.flagMetadata).toMatchObject({ retryAfterSeconds: 2 });
  });
});
