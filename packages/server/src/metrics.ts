import type { Evaluation } from '@sluice/core';
import type { LiveFlags } from '@sluice/openfeature-provider';
import { Counter, Gauge, Registry } from 'prom-client';
import type { RefusalCause } from './refusal.ts';

/** What the server counts. Labels are patterns, reasons and causes: never anything that a request brought along. */
export interface Metrics {
  request(route: string, status: number): void;
  evaluated(evaluation: Evaluation): void;
  refused(cause: RefusalCause): void;
  /** Streams opened (1) and closed (-1). */
  streams(change: 1 | -1): void;
  /** Prometheus' text format. */
  print(): Promise<string>;
  readonly contentType: string;
}

/** `documentAt` tells when the document was read, in ms since the epoch. */
export function createMetrics(live: LiveFlags, documentAt: () => number | undefined): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'sluice_requests_total',
    help: 'Requests answered, by the pattern of their route and by status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const evaluations = new Counter({
    name: 'sluice_evaluations_total',
    help: 'Flags evaluated, one by one or in bulk, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const refused = new Counter({
    name: 'sluice_refused_total',
    help: 'Requests and connections that were not taken, by cause.',
    labelNames: ['cause'],
    registers,
  });
  const streams = new Gauge({ name: 'sluice_streams_open', help: 'Event streams that are open.', registers });
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('sluice_document_age_seconds', 'Time since the document was read; NaN before the first.', () => {
    const at = documentAt();
    return at === undefined ? Number.NaN : (Date.now() - at) / 1000;
  });
  gauge('sluice_switch_revision', 'Revision of the switch states that are applied.', () => live.switches.revision);
  gauge('sluice_stale', '1 while answers may be old, or there are none.', () => (live.problem === undefined ? 0 : 1));
  return {
    request: (route, status) => requests.inc({ route, status }),
    evaluated: ({ reason }) => evaluations.inc({ reason }),
    refused: (cause) => refused.inc({ cause }),
    streams: (change) => streams.inc(change),
    print: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
