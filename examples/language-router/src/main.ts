import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { OpenFeature } from '@openfeature/server-sdk';
import { measureFlagImpact } from '@sluice/analysis';
import { createRecorder, ndjsonSink, QualityHook } from '@sluice/openfeature-hooks';
import { fileSource, SluiceProvider } from '@sluice/openfeature-provider';
import { htmlReport, jsonReport, terminalReport } from '@sluice/report';
import { duckdbStore } from '@sluice/store-duckdb';
import { type Clock, simulate } from './simulate.ts';
import { readSnippets } from './snippets.ts';
import { generateTraffic } from './traffic.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const directory = '.sluice/language-router';
const days = 7;

const snippets = await readSnippets();
const until = Date.now();
const requests = generateTraffic({ users: 4000, days, snippets: snippets.length, until, seed: 20261122 });

await rm(directory, { recursive: true, force: true });
const clock: Clock = { now: until };
const recorder = createRecorder({ sink: ndjsonSink(directory), now: () => clock.now });
OpenFeature.addHooks(new QualityHook(recorder));
const flags = fileURLToPath(new URL('../flags.yaml', import.meta.url));
await OpenFeature.setProviderAndWait(new SluiceProvider(fileSource(flags), { recorder }));
const client = OpenFeature.getClient();

await simulate(client, recorder, clock, requests, snippets);
await recorder.close();
await OpenFeature.close();

const store = duckdbStore(directory);
const impact = await measureFlagImpact(store, 'language-model', { days, until });
await store.close();

await mkdir(directory, { recursive: true });
const html = `${directory}/report.html`;
await writeFile(html, await htmlReport([impact]));
console.log(terminalReport(impact, { color: process.stdout.isTTY }));
console.log(
  `${requests.length} requests in ${Math.round((Date.now() - until) / 1000)} s; the same with plots: ${html}`,
);
if (values.json) console.log(JSON.stringify(jsonReport([impact])));
