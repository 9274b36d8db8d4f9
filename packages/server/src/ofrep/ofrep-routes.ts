import { failure } from '@sluice/core';
import type { LiveFlags } from '@sluice/openfeature-provider';
import { Hono } from 'hono';
import type { KnownToken } from '../auth/find-token.ts';
import { requireRole } from '../auth/require-role.ts';
import type { Caller, ServerEnvironment } from '../auth/token.ts';
import { requireContentType } from '../limits/limit-body.ts';
import type { Metrics } from '../metrics.ts';
import type { OpenStreams } from '../streams/open-streams.ts';
import { type Audience, audienceOf, isVisible } from './audience.ts';
import { evaluateAll } from './bulk-evaluation.ts';
import type { Configuration } from './configuration.ts';
import { entityTag, matchesTag } from './entity-tag.ts';
import { streamConfiguration } from './event-stream.ts';
import { ofrepAnswer, ofrepStatus } from './ofrep-answer.ts';
import { readContext } from './read-context.ts';
import { streamTicket } from './stream-ticket.ts';

/** How long a request waits for a change that it says it was told of by another server, in ms. */
const FRESHNESS_WAIT_MS = 500;

export interface OfrepOptions {
  readonly live: LiveFlags;
  readonly tokens: readonly KnownToken[];
  readonly metrics: Metrics;
  readonly streams: OpenStreams;
  readonly configurations: Readonly<Record<Audience, Configuration>>;
  /** Whether answers may change while document and switches do not, because they ask for the time or are sticky. */
  readonly drifts: () => boolean;
}

/** OFREP 0.3.0, mounted at `/ofrep/v1` behind `authenticate`. */
export function ofrepRoutes(options: OfrepOptions): Hono<ServerEnvironment> {
  const { live, metrics, streams, configurations } = options;
  const app = new Hono<ServerEnvironment>();
  const evaluators = requireRole('evaluate', 'evaluate:client', 'operate');
  const json = requireContentType('application/json');

  app.post('/evaluate/flags', evaluators, json, async (context) => {
    const reading = readContext(await context.req.text());
    if (reading.fault !== undefined) {
      metrics.refused('json');
      return context.json(reading.fault, 400);
    }
    const configuration = configurations[audienceOf(context.var.token.role)];
    const told = context.req.query('flagConfigEtag');
    if (told !== undefined) await configuration.reached(told, FRESHNESS_WAIT_MS);
    const { tag, audience, stale, showsVersion } = configuration;
    if (live.flags === undefined || tag === undefined) {
      return context.json({ errorCode: 'GENERAL', errorDetails: notReady(live, audience) }, 500);
    }
    const now = Date.now();
    const requestUri = streamUri(options.tokens, context.var.token, now);
    const drift = options.drifts() ? String(Math.floor(now / 60_000)) : '';
    const etag = entityTag(tag, audience, String(stale), requestUri, drift, JSON.stringify(reading.context));
    context.header('ETag', etag);
    if (matchesTag(context.req.header('if-none-match'), etag)) return context.body(null, 304);
    const { flagSetId, version } = live.flags;
    return context.json({
      flags: await evaluateAll(live, configuration, reading.context, metrics),
      metadata: { ...(flagSetId === undefined ? {} : { flagSetId }), ...(showsVersion ? { version } : {}) },
      eventStreams: [{ type: 'sse', endpoint: { requestUri } }],
    });
  });

  app.post('/evaluate/flags/:key{.+}', evaluators, json, async (context) => {
    const key = context.req.param('key');
    const reading = readContext(await context.req.text());
    if (reading.fault !== undefined) {
      metrics.refused('json');
      return context.json({ key, ...reading.fault }, 400);
    }
    const configuration = configurations[audienceOf(context.var.token.role)];
    const { flags } = live;
    const { audience } = configuration;
    const evaluation =
      flags === undefined
        ? failure('PROVIDER_NOT_READY', notReady(live, audience))
        : isVisible(flags, audience, key)
          ? await live.evaluate(key, reading.context)
          : failure('FLAG_NOT_FOUND', `${key} is neither a flag nor a switch of this document`);
    metrics.evaluated(evaluation);
    return context.json(ofrepAnswer(key, evaluation, configuration), ofrepStatus(evaluation));
  });

  app.get('/events', evaluators, (context) => {
    const configuration = configurations[audienceOf(context.var.token.role)];
    const lastEventId = context.req.header('last-event-id');
    return streams.open(context, (stream) => streamConfiguration(configuration, stream, lastEventId));
  });
  return app;
}

/** Relative to wherever the client reached this server: behind a proxy the server does not know its own name. */
function streamUri(tokens: readonly KnownToken[], { name }: Caller, now: number): string {
  const token = tokens.find((each) => each.name === name);
  return `/ofrep/v1/events${token === undefined ? '' : `?ticket=${streamTicket(token, now)}`}`;
}

/** What is wrong with a document may quote all of it, so a client is not told. */
function notReady(live: LiveFlags, audience: Audience): string {
  const what = 'there are no flags yet';
  return audience === 'client' ? what : `${what}: ${live.problem ?? 'the document has not been read'}`;
}
