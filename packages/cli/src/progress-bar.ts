import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

/** Only where a person watches: in a log a bar is noise. */
export function progressBar(total: number, { stderr }: Terminal): SingleBar | undefined {
  if (stderr.isTTY !== true) return undefined;
  const stream = stderr as NodeJS.WriteStream;
  const bar = new SingleBar(
    { stream, clearOnComplete: true, format: '{bar} {percentage}% of {total} units' },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return bar;
}
