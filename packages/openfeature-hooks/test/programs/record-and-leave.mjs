// Records something and comes to its end with the timer armed; the directory is the argument.
import { createRecorder, ndjsonSink } from '@sluice/openfeature-hooks';

const recorder = createRecorder({ sink: ndjsonSink(process.argv[2]), flushIntervalMs: 3_600_000 });
recorder.startRun({ flag: 'model', variant: 'a', arm: 'none', stage: '', unit: 'u1' }).record({ quality: 1 });
process.stdout.write('recorded');
