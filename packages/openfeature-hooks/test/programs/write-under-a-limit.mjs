// Records runs into a directory in which no file may grow past a limit that the shell has set; prints their ids.
// Arguments: directory, number of runs.
import { createRecorder, ndjsonSink } from '@sluice/openfeature-hooks';

const [, , directory, runs] = process.argv;
const recorder = createRecorder({ sink: ndjsonSink(directory), batchSize: 50 });
const ids = [];
for (let index = 0; index < Number(runs); index += 1) {
  const run = recorder.startRun({ flag: 'model', variant: 'a', arm: 'none', stage: '', unit: `u${index}` });
  run.record({ quality: 1 });
  ids.push(run.id);
}
await recorder.close();
process.stdout.write(JSON.stringify({ ids, counts: recorder.counts() }));
