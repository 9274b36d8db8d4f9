import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Sink, segmentExtension } from '@sluice/core';
import { readOrMakeUnitKey } from './unit-key-file.ts';

export interface NdjsonSinkOptions {
  /**
   * Size in bytes at which the next batch goes to a new segment.
   *
   * @default 67_108_864 (64 MiB)
   */
  readonly maxSegmentBytes?: number;
  /**
   * Whether a batch is acknowledged only when the disk has it. Without it a batch survives the process, not a power cut.
   *
   * @default false
   */
  readonly fsync?: boolean;
}

interface Segment {
  readonly path: string;
  readonly handle: FileHandle;
  bytes: number;
}

/**
 * Appends records as lines of JSON to segments in `directory`. Every sink writes segments of its own, so any number of
 * processes can share a directory. Making one touches nothing; the directory is made at the first write.
 *
 * A batch is one write of whole lines. After a write that failed or was cut short the segment is left for good and the
 * next try goes to a new one, so a torn line can only be the last of its segment.
 */
export function ndjsonSink(directory: string, options: NdjsonSinkOptions = {}): Sink {
  const { maxSegmentBytes = 64 * 1024 * 1024, fsync = false } = options;
  const name = `ndjson ${directory}`;
  let segment: Segment | undefined;
  let closed = false;

  async function leaveSegment(): Promise<void> {
    const left = segment;
    segment = undefined;
    await left?.handle.close();
  }

  return {
    name,
    async write(batch) {
      if (closed) throw new Error(`${name} is closed`);
      if (batch.length === 0) return;
      const bytes = Buffer.from(`${batch.map((record) => JSON.stringify(record)).join('\n')}\n`);
      if (segment !== undefined && segment.bytes + bytes.length > maxSegmentBytes) await leaveSegment();
      segment ??= await openSegment(directory);
      try {
        await append(segment, bytes, fsync);
      } catch (error) {
        // Closing can fail for the same reason, and says nothing new.
        await leaveSegment().catch(() => {});
        throw error;
      }
    },
    key: () => readOrMakeUnitKey(directory),
    async close() {
      closed = true;
      await leaveSegment();
    },
  };
}

async function append(segment: Segment, bytes: Uint8Array, fsync: boolean): Promise<void> {
  const first = segment.bytes === 0;
  const { bytesWritten } = await segment.handle.write(bytes);
  segment.bytes += bytesWritten;
  if (bytesWritten < bytes.length) {
    throw new Error(`only ${bytesWritten} of ${bytes.length} bytes fit into ${segment.path}; is the disk full?`);
  }
  if (!fsync) return;
  await segment.handle.datasync();
  if (first) await syncDirectory(dirname(segment.path));
}

/** Names sort by time, and no two sinks of any process share one. */
async function openSegment(directory: string): Promise<Segment> {
  await mkdir(directory, { recursive: true });
  const time = new Date().toISOString().replaceAll(/[-:.]/g, '');
  const path = join(directory, `${time}-${process.pid}-${randomBytes(4).toString('hex')}${segmentExtension}`);
  return { path, handle: await open(path, 'ax'), bytes: 0 };
}

/** A file whose name is not on the disk is lost with a power cut, however well its content is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
