import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeasurementRecord } from '@sluice/core';
import { onTestFinished } from 'vitest';

/** A new directory that is gone after the test, with these files in it. */
export async function segmentDirectory(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-store-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(directory, name), content)));
  return directory;
}

export function toLines(records: readonly MeasurementRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
