// Records a million outcomes and prints what came of it, and which shared libraries the process has loaded.
import { createRecorder, ndjsonSink } from '@sluice/openfeature-hooks';

const assignment = { flag: 'model', variant: 'claude', arm: 'candidate', stage: '3', unit: 'u1' };
const recorder = createRecorder({ sink: ndjsonSink(process.argv[2]) });
for (let run = 0; run < 250_000; run += 1) {
  recorder
    .startRun({ ...assignment, unit: `u${run % 5_000}` })
    .record({ quality: 1, latency: 250, cost: 0.002, errors: 0 });
  if (run % 2_000 === 0) await recorder.flush();
}
await recorder.close();
process.report.excludeNetwork = true;
const { sharedObjects } = process.report.getReport();
process.stdout.write(JSON.stringify({ counts: recorder.counts(), sharedObjects }));
