import type { Recorder, Sink } from '@sluice/core';
import { Hono } from 'hono';
import type { ServerEnvironment } from '../auth/token.ts';
import { requireContentType } from '../limits/limit-body.ts';
import { Refusal } from '../refusal.ts';
import { recordExposures, recordFeedback, recordOutcomes } from './record-given.ts';
import { storeRecords } from './records-route.ts';
import { serialSink } from './serial-sink.ts';

export interface IngestOptions {
  readonly recorder: Recorder | undefined;
  readonly sink: Sink | undefined;
}

/** Mounted at `/ingest/v1`, behind the tokens, the limits and role `ingest` (or `operate`). */
export function ingestRoutes({ recorder, sink }: IngestOptions): Hono<ServerEnvironment> {
  const app = new Hono<ServerEnvironment>();
  const json = requireContentType('application/json');
  const ndjson = requireContentType('application/x-ndjson');
  // Requests arrive side by side, and a sink takes one call at a time.
  const serial = sink && serialSink(sink);
  app.post('/records', ndjson, (context) => storeRecords(context, there(serial, 'sink')));
  app.post('/exposures', json, (context) => recordExposures(context, there(recorder, 'recorder')));
  app.post('/outcomes', json, (context) => recordOutcomes(context, there(recorder, 'recorder')));
  app.post('/feedback', json, (context) => recordFeedback(context, there(recorder, 'recorder')));
  return app;
}

function there<Part>(part: Part | undefined, what: string): Part {
  if (part !== undefined) return part;
  throw new Refusal(501, 'route', `This server was given no ${what}, so it takes none of these.`);
}
