import type { MeasurementRecord, Recorder } from '@sluice/core';
import { createRecorder, type MemorySink, memorySink } from '@sluice/openfeature-hooks';
import { onTestFinished } from 'vitest';
import { type RunningServer, runningServer } from './running-server.ts';

export const recordingKey = 'sixteen bytes of secret';

/** What a recorder writes of this, in this process. */
export async function recorded(record: (recorder: Recorder) => void): Promise<readonly MeasurementRecord[]> {
  const sink = memorySink();
  const recorder = createRecorder({ sink, key: recordingKey });
  record(recorder);
  await recorder.close();
  return sink.records;
}

export interface RecordingServer {
  readonly server: RunningServer;
  readonly sink: MemorySink;
  readonly recorder: Recorder;
}

/** A server with a recorder over memory. */
export async function recordingServer(options: Parameters<typeof runningServer>[0] = {}): Promise<RecordingServer> {
  const sink = memorySink();
  const recorder = createRecorder({ sink, key: recordingKey });
  onTestFinished(() => recorder.close());
  return { server: await runningServer({ ...options, sink, recorder }), sink, recorder };
}
