// Registers the hook of the ESM copy and measures with the CommonJS copy; prints what was recorded.
import { createRequire } from 'node:module';
import { OpenFeature } from '@openfeature/server-sdk';
import { createRecorder, memorySink, QualityHook } from '@sluice/openfeature-hooks';

const commonJs = createRequire(import.meta.url)('@sluice/openfeature-hooks');
if (commonJs.QualityHook === QualityHook) throw new Error('there is only one copy');

const sink = memorySink();
const recorder = createRecorder({ sink, units: 'plain' });
const flagMetadata = { 'experiment.arm': 'candidate', 'experiment.stage': '3' };
await OpenFeature.setProviderAndWait({
  metadata: { name: 'answering' },
  resolveStringEvaluation: async () => ({ value: 'claude', variant: 'claude', reason: 'SPLIT', flagMetadata }),
  track: (name, context, details) => recorder.track(name, context, details),
});
OpenFeature.addHooks(new QualityHook(recorder));
const client = OpenFeature.getClient();
await commonJs.measure(client, 'model', 'x', async () => client.track('thumbs-up', {}), {
  context: { targetingKey: 'u1' },
});
await recorder.close();
process.stdout.write(JSON.stringify(sink.records.map((record) => record.metric ?? record.type)));
