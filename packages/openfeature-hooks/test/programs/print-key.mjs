// Prints the key of a directory, which is the argument.
import { ndjsonSink } from '@sluice/openfeature-hooks';

process.stdout.write(Buffer.from(ndjsonSink(process.argv[2]).key()).toString('hex'));
