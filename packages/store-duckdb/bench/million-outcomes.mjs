// What a summary of a million outcomes of 50,000 units costs: `node bench/million-outcomes.mjs [millions] [segments]`, after a build.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultMetrics } from '@sluice/core';
import { duckdbStore } from '@sluice/store-duckdb';

const outcomes = 1_000_000 * Number(process.argv[2] ?? 1);
const segments = Number(process.argv[3] ?? 8);
const units = 50_000;
const metrics = ['latency', 'quality', 'cost', 'errors'];

let state = 1;
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

function* recordsOf(segment) {
  const stage = '8c5f0d21';
  for (let unit = segment; unit < units; unit += segments) {
    yield { type: 'exposure', ...assignment(unit), stage, share: 0.5 };
  }
  for (let index = 0; index < outcomes / metrics.length / segments; index++) {
    const unit = Math.floor(random() ** 2 * units);
    const run = randomUUID();
    for (const metric of metrics) {
      yield { type: 'outcome', ...assignment(unit), stage, run, metric, value: Math.exp(3 * random()) };
    }
  }
}

function assignment(unit) {
  const name = `unit ${unit} `.padEnd(22, 'x');
  return {
    flag: 'support-model',
    unit: name,
    ...(unit % 2 ? { variant: 'new', arm: 'candidate' } : { variant: 'old', arm: 'control' }),
  };
}

const directory = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
try {
  let bytes = 0;
  let at = 1_700_000_000_000;
  for (let segment = 0; segment < segments; segment++) {
    const path = join(directory, `${segment}.ndjson`);
    const file = createWriteStream(path);
    for (const record of recordsOf(segment)) {
      const line = `${JSON.stringify({ v: 1, id: randomUUID(), at: ++at, ...record })}\n`;
      if (!file.write(line)) await once(file, 'drain');
    }
    await new Promise((resolve) => file.end(resolve));
    bytes += (await stat(path)).size;
  }

  const store = duckdbStore(directory);
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const report = await store.summarise({ from: 0, to: at + 1, metrics: defaultMetrics });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await store.close();
  console.log(
    JSON.stringify({
      outcomes,
      units: report.summaries.reduce((sum, summary) => sum + summary.units, 0),
      segments,
      megabytes: Math.round(bytes / 1e6),
      seconds: Number(seconds.toFixed(2)),
      cpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
      peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1e3),
      memoryBeforeMegabytes: Math.round(before / 1e6),
      skippedLines: report.skippedLines,
      duplicates: report.duplicates,
    }),
  );
} finally {
  await rm(directory, { recursive: true });
}
