import { formatProblem } from '@sluice/core';
import { LiveFlags, signText } from '@sluice/openfeature-provider';
import type { Hono } from 'hono';
import { knownTokens } from './auth/find-token.ts';
import { isLoopback } from './auth/guard-origin.ts';
import type { ServerEnvironment } from './auth/token.ts';
import { ChangeFeed } from './distribution/change-feed.ts';
import { heardSwitches } from './distribution/heard-switches.ts';
import { DocumentPublisher } from './distribution/published-document.ts';
import { defaultLimits } from './limits/limits.ts';
import { type HttpServer, type Listening, listenHttp } from './listen.ts';
import { createMetrics } from './metrics.ts';
import { Configuration } from './ofrep/configuration.ts';
import { placeOperations } from './operations/place-operations.ts';
import { routes } from './routes.ts';
import type { ServerOptions } from './server-options.ts';
import { OpenStreams } from './streams/open-streams.ts';

/** The keys of S, L, U and I on a telephone; no service is registered for it. */
export const defaultPort = 7584;

export interface ListenOptions {
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** 0 is any that is free. @default 7584 */
  readonly port?: number;
}

/** A control plane: OFREP, distribution, ingest and operations over one source and one switch store. */
export interface SluiceServer {
  /** For a runtime that listens by itself; what `listen` guards against outside of requests is then up to it. */
  readonly app: Hono<ServerEnvironment>;
  readonly live: LiveFlags;
  /** Reads document and switches and follows them; rejects where there is no document, and goes on watching for one. */
  start(): Promise<void>;
  /**
   * Starts, and answers on a port. A document that cannot be read yet keeps it unready, and is told as a warning.
   *
   * @throws rejects for a host beyond this machine where there are no tokens, and where the port cannot be had.
   */
  listen(options?: ListenOptions): Promise<Listening>;
  /** Ends streams with a hint to come back, lets requests end within `closeTimeoutMs`, and closes source and switches. Idempotent. */
  close(): Promise<void>;
}

/** @throws {Error} for tokens or a signing key that cannot be used. */
export function createServer(options: ServerOptions): SluiceServer {
  const { source, switches, signingKey, onWarning = ignore } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const tokens = knownTokens(options.tokens ?? []);
  if (signingKey !== undefined) signText('', signingKey);

  const documents = new DocumentPublisher(source, { signingKey, onChange: (document) => feed.published(document) });
  const live = new LiveFlags(
    documents.source,
    {
      ...(switches === undefined ? {} : { switches: heardSwitches(switches, () => refresh()) }),
      ...(options.assignments === undefined ? {} : { assignments: options.assignments }),
      ...(options.assignmentTimeoutMs === undefined ? {} : { assignmentTimeoutMs: options.assignmentTimeoutMs }),
      onWarning: (problems, name) => onWarning(`${name}\n${problems.map(formatProblem).join('\n')}`),
    },
    (event) => {
      refresh();
      if (event.type !== 'changed') onWarning(event.message);
    },
  );
  const feed = new ChangeFeed(live);
  const configurations = {
    server: new Configuration(live, 'server'),
    client: new Configuration(live, 'client', () => documents.isVersioned),
  };
  const refresh = (): void => {
    feed.refresh();
    configurations.server.refresh();
    configurations.client.refresh();
  };
  const metrics = createMetrics(live, () => documents.readAt);
  const streams = new OpenStreams({
    most: limits.streams,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    count: metrics.streams,
  });
  const app = routes({
    live,
    documents,
    switches,
    feed,
    streams,
    configurations,
    metrics,
    tokens,
    limits,
    onWarning,
    drifts: () => documents.drifts,
    operations: placeOperations({
      ...('readText' in source ? { source } : { served: { name: source.name, readText: () => documents.current() } }),
      ...(switches === undefined ? {} : { switches }),
    }),
    recorder: options.recorder,
    sink: options.sink,
    corsOrigins: options.corsOrigins ?? [],
    metricsOpen: options.metricsOpen ?? false,
    version: options.version,
  });

  let http: HttpServer | undefined;
  const start = async (): Promise<void> => {
    await live.start();
    refresh();
  };
  return {
    app,
    live,
    start,
    async listen({ host = '127.0.0.1', port = defaultPort } = {}) {
      if (tokens.length === 0 && !isLoopback(host)) {
        throw new Error(
          `A server without tokens lets everybody do everything, so it listens on this machine only, and ${host} is beyond it. Give it tokens, or listen on 127.0.0.1.`,
        );
      }
      if (http !== undefined) throw new Error(`This server listens at ${http.listening.url} already.`);
      if (live.flags === undefined) await start().catch((error: unknown) => onWarning(messageOf(error)));
      http = await listenHttp(app, { host, port }, limits, metrics);
      return http.listening;
    },
    async close() {
      streams.close();
      await http?.close();
      http = undefined;
      await live.close();
    },
  };
}

const ignore = (): void => undefined;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
