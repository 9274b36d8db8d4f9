import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MeasurementRecord, segmentExtension } from '@sluice/core';

export interface Segment {
  readonly name: string;
  readonly records: readonly MeasurementRecord[];
  /** Whether the segment ends within a line. */
  readonly torn: boolean;
}

/** Reads a directory's segments; any line but a torn last one that is no JSON is an error. */
export function readSegments(directory: string): Segment[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(segmentExtension));
  return names.toSorted().map((name) => {
    const lines = readFileSync(join(directory, name), 'utf8').split('\n');
    const torn = lines.pop() !== '';
    return { name, torn, records: lines.map((line) => JSON.parse(line) as MeasurementRecord) };
  });
}

export function readRecords(directory: string): MeasurementRecord[] {
  return readSegments(directory).flatMap(({ records }) => records);
}
