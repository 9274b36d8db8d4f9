import type { MeasurementRecord, Sink } from '@sluice/core';
import { createRecorder, memorySink } from '@sluice/openfeature-hooks';
import { describe, expect, it } from 'vitest';
import { serialSink } from '../src/ingest/serial-sink.ts';
import { recordingKey } from './recording-server.ts';
import { watchedSink } from './watched-sink.ts';

const record: MeasurementRecord = {
  ...{ v: 1, type: 'exposure', id: '01890000-0000-7000-8000-000000000000', at: 1 },
  ...{ flag: 'f', variant: 'b', arm: 'candidate', stage: '1', unit: 'u' },
} as const;

describe('a sink that several write to', () => {
  it('takes one call at a time, whoever calls', async () => {
    const { sink, stored, most } = watchedSink();
    const serial = serialSink(sink);
    const recorder = createRecorder({ sink: serial, key: recordingKey });
    recorder.expose({ flag: 'f', variant: 'b', arm: 'candidate', stage: '1', unit: 'u' });
    await Promise.all([recorder.flush(), ...Array.from({ length: 10 }, () => serial.write([record]))]);
    expect(stored()).toBe(11);
    expect(most()).toBe(1);
  });

  it('tells each caller what became of his own batch', async () => {
    const memory = memorySink();
    let calls = 0;
    const write: Sink['write'] = async (batch) => {
      if (++calls === 1) throw new Error('the disk is full');
      await memory.write(batch);
    };
    const serial = serialSink({ ...memory, write });
    const [first, second] = await Promise.allSettled([serial.write([record]), serial.write([record])]);
    expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
    expect(memory.records).toHaveLength(1);
  });

  it('refuses the next batch where too many wait, and takes batches again once they are written', async () => {
    const memory = memorySink();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const write: Sink['write'] = async (batch) => {
      await gate;
      await memory.write(batch);
    };
    const serial = serialSink({ ...memory, write });
    const waiting = Array.from({ length: 100 }, () => serial.write([record]));
    await expect(serial.write([record])).rejects.toThrow('100 batches waiting');
    open();
    await Promise.all(waiting);
    await serial.write([record]);
    expect(memory.records).toHaveLength(101);
  });

  it('closes once all that wait are written, and has the key of the sink behind it', async () => {
    const { sink, stored } = watchedSink();
    const serial = serialSink(sink);
    expect(serial.key?.()).toEqual(sink.key?.());
    const written = serial.write([record]);
    await serial.close();
    expect(stored()).toBe(1);
    await written;
  });
});
