// What a user's Jest test does, in Jest's own CommonJS module system.
const { OpenFeature } = require('@openfeature/server-sdk');
const { measure, QualityHook } = require('@sluice/openfeature-hooks');
const { testProvider } = require('@sluice/openfeature-provider/testing');

test('a service is tested on the variant it asks for', async () => {
  const provider = testProvider({ flags: { model: { name: 'claude' } } });
  OpenFeature.addHooks(new QualityHook(provider.recorder));
  await OpenFeature.setProviderAndWait(provider);
  const answer = await measure(
    OpenFeature.getClient(),
    'model',
    { name: 'gpt' },
    async ({ name }, run) => {
      run.record({ quality: 1 });
      return name;
    },
    { context: { targetingKey: 'user-1' } },
  );
  expect(answer).toBe('claude');
  expect(provider.recorder.outcomes.map(({ metric }) => metric).sort()).toEqual(['errors', 'latency', 'quality']);
  await OpenFeature.close();
});
