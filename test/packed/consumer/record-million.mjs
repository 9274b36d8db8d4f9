// A service that only evaluates and records: a million outcomes, and no DuckDB in the process.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecorder, ndjsonSink } from '@sluice/openfeature-hooks';

const directory = mkdtempSync(join(tmpdir(), 'sluice-'));
const recorder = createRecorder({ sink: ndjsonSink(directory) });
for (let index = 0; index < 1_000_000; index++) {
  const unit = `user-${index % 1000}`;
  const run = recorder.startRun({ flag: 'model', variant: 'new', arm: 'candidate', stage: '1', unit });
  run.record({ quality: 1 });
  if (index % 5000 === 0) await recorder.flush();
}
await recorder.close();
rmSync(directory, { recursive: true });
const { outcomes, stored, dropped } = recorder.counts();
assert.deepEqual({ outcomes, stored, dropped }, { outcomes: 1_000_000, stored: 1_000_000, dropped: 0 });
// Native libraries that the process has mapped: DuckDB is one wherever it was loaded.
assert.deepEqual(
  process.report.getReport().sharedObjects.filter((path) => path.includes('duckdb')),
  [],
);
console.log('a million outcomes recorded');
