// Records runs without end, and says on stdout which were submitted, when a batch was written, and which runs were
// acknowledged. Arguments: directory, name of this writer, runs between two flushes. A flush is many writes, so that a kill
// falls among them; stdout is written by writeSync, so that what was said survives it.
import { writeSync } from 'node:fs';
import { createRecorder, ndjsonSink } from '@sluice/openfeature-hooks';

const [, , directory, flag, size] = process.argv;
const runsPerFlush = Number(size);
const inner = ndjsonSink(directory, { maxSegmentBytes: 512 * 1024 });
const sink = {
  ...inner,
  async write(batch) {
    await inner.write(batch);
    writeSync(1, 'wrote\n');
  },
};
const recorder = createRecorder({ sink, batchSize: 100, maxBuffered: runsPerFlush });
for (let submitted = 0; ; ) {
  const runs = [];
  for (let count = 0; count < runsPerFlush; count += 1, submitted += 1) {
    const run = recorder.startRun({
      flag,
      variant: 'claude',
      arm: 'candidate',
      stage: '3',
      unit: `u${submitted % 97}`,
    });
    run.record({ quality: 1 });
    runs.push(run.id);
  }
  writeSync(1, `submitted ${runs.join(' ')}\n`);
  await recorder.flush();
  if (recorder.counts().stored === submitted) writeSync(1, `acknowledged ${runs.join(' ')}\n`);
}
