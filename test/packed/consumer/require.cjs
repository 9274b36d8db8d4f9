// What a user's CommonJS module does with the packed packages.
const assert = require('node:assert/strict');
const { OpenFeature } = require('@openfeature/server-sdk');
const { compileDocument, evaluate } = require('@sluice/core');
const { parseText } = require('@sluice/core/text');
const { createRecorder, memorySink, QualityHook } = require('@sluice/openfeature-hooks');
const { testProvider } = require('@sluice/openfeature-provider/testing');
require('@sluice/core/prompt');
require('@sluice/import');
require('@sluice/analysis');
require('@sluice/conformance');
require('@sluice/report');
require('@sluice/redis');
require('@sluice/server');
require('@sluice/server/operations');
require('@sluice/store-duckdb');

async function main() {
  const { document } = parseText('sluice: 1\nflags: { beta: { rollout: { percentage: 100, serve: "on" } } }');
  assert.equal(evaluate(compileDocument(document), 'beta', { targetingKey: 'user-1' }).value, true);

  const sink = memorySink();
  const recorder = createRecorder({ sink });
  OpenFeature.addHooks(new QualityHook(recorder));
  await OpenFeature.setProviderAndWait(testProvider({ flags: { model: 'claude' }, switches: { agent: false } }));
  const client = OpenFeature.getClient();
  assert.equal(await client.getStringValue('model', 'gpt'), 'claude');
  assert.equal(await client.getBooleanValue('agent', true), false);
  await OpenFeature.close();
  await recorder.close();
  console.log('require works');
}

void main();
