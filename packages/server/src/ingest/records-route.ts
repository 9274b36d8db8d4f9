import type { MeasurementRecord, Sink } from '@sluice/core';
import type { Context } from 'hono';
import { Refusal } from '../refusal.ts';
import { readRecord } from './measurement-record.ts';

const MAX_RECORDS = 10_000;

/** Stores records that another process has made: all of them or none, and answers once they are stored. */
export async function storeRecords(context: Context, sink: Sink): Promise<Response> {
  const records = readLines(await context.req.text());
  try {
    if (records.length > 0) await sink.write(records);
  } catch (error) {
    // The sender keeps them; a store counts a record once, however often it is sent.
    const message = error instanceof Error ? error.message : String(error);
    return context.json({ error: `The records are not stored: ${message}. Send them again.` }, 503, {
      'Retry-After': '1',
    });
  }
  return context.json({ stored: records.length });
}

function readLines(text: string): readonly MeasurementRecord[] {
  const records: MeasurementRecord[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const record = readRecord(line);
    if (typeof record === 'string') {
      throw new Refusal(422, 'malformed', `Line ${index + 1} ${record}. Nothing was stored.`);
    }
    records.push(record);
  }
  if (records.length > MAX_RECORDS) {
    throw new Refusal(413, 'body', `${records.length} records are more than the ${MAX_RECORDS} of one request.`);
  }
  return records;
}
