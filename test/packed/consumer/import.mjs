// What a user's ES module does with the packed packages.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenFeature } from '@openfeature/server-sdk';
import { measureFlagImpact } from '@sluice/analysis';
import { xxh32 } from '@sluice/core';
import vectors from '@sluice/core/golden/01-hash.json' with { type: 'json' };
import { renderPrompt } from '@sluice/core/prompt';
import schema from '@sluice/core/schema.json' with { type: 'json' };
import { parseText } from '@sluice/core/text';
import { percentagesImporter } from '@sluice/import';
import { createRecorder, measure, ndjsonSink, QualityHook } from '@sluice/openfeature-hooks';
import { memorySource, memorySwitches, SluiceProvider } from '@sluice/openfeature-provider';
import { redisSwitches } from '@sluice/redis';
import { htmlReport, jsonReport, terminalReport } from '@sluice/report';
import { createServer } from '@sluice/server';
import { remoteOperations } from '@sluice/server/operations';
import { duckdbStore } from '@sluice/store-duckdb';

assert.ok(vectors.cases.length > 0);
assert.ok(schema.$schema);
assert.equal(xxh32('', 0), 0x02cc5d05);

const { document } = parseText(`
sluice: 1
flags:
  model:
    variants: { old: { model: old }, new: { model: new } }
    control: old
    rollout: { percentage: 50, serve: new }
`);
const directory = mkdtempSync(join(tmpdir(), 'sluice-'));
const recorder = createRecorder({ sink: ndjsonSink(directory) });
OpenFeature.addHooks(new QualityHook(recorder));
await OpenFeature.setProviderAndWait(new SluiceProvider(memorySource(document), { recorder }));
const client = OpenFeature.getClient();
for (let user = 0; user < 400; user++) {
  await measure(
    client,
    'model',
    { model: 'old' },
    async ({ model }, run) => run.record({ quality: model === 'new' ? 0.9 : 0.8 }),
    { context: { targetingKey: `user-${user}` } },
  );
}
await OpenFeature.close();
await recorder.close();
assert.equal(recorder.counts().dropped, 0);

const store = duckdbStore(directory);
const impact = await measureFlagImpact(store, 'model', { days: 1 });
await store.close();
const [candidate] = impact.stages[0].candidates;
assert.equal(candidate.figures.variant, 'new');
assert.ok(Math.abs(candidate.estimates.quality.estimate - 0.1) < 1e-9);
assert.ok(terminalReport(impact, { color: false }).includes('new'));
assert.ok((await htmlReport([impact])).includes('<svg'));
JSON.stringify(jsonReport([impact]));
assert.equal(renderPrompt('Hello {{name}} & co', { name: '<b>' }).prompt, 'Hello <b> & co');
assert.ok(percentagesImporter.convert({ search: { enabled: true, percentage: 10 } }).document);

const server = createServer({
  source: memorySource({ sluice: 1, switches: { agent: {} } }),
  switches: memorySwitches(),
});
const { url } = await server.listen({ port: 0 });
const operations = remoteOperations(url);
await operations.kill('agent', { by: 'consumer', why: 'to see it stop' });
const asked = await fetch(`${url}/ofrep/v1/evaluate/flags/agent`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: '{"context":{}}',
});
assert.equal((await asked.json()).value, false);
await operations.close();
await server.close();
assert.throws(() => redisSwitches({}), /client/);
console.log('import works');
