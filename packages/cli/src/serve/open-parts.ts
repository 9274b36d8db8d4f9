import { createRecorder, ndjsonSink } from '@sluice/openfeature-hooks';
import { fileSource, fileSwitches } from '@sluice/openfeature-provider';
import { redisAssignments, redisSource, redisSwitches } from '@sluice/redis';
import { type ServerOptions, serialSink } from '@sluice/server';
import { exitCodes, Failure } from '../failure.ts';
import { readText } from '../read-text.ts';
import { parseRedisAddress } from '../target/redis-address.ts';
import { lastingRedis } from '../target/redis-client.ts';
import { parseTokens } from './tokens-file.ts';

/** What a server is made of, as the command line names it. */
export interface ServeOptions {
  readonly redis?: string;
  readonly prefix: string;
  readonly switches?: string;
  readonly store?: string;
  readonly tokens?: string;
  readonly cors?: readonly string[];
  readonly signingKey?: string;
  readonly metricsOpen?: boolean;
}

interface Parts {
  readonly options: ServerOptions;
  /** After the server is closed: stores what came in, lets go of Redis. */
  close(): Promise<void>;
}

export async function openParts(
  file: string | undefined,
  serve: ServeOptions,
  onWarning: (message: string) => void,
): Promise<Parts> {
  const { tokens, cors, signingKey, metricsOpen, store } = serve;
  const security = {
    ...(tokens === undefined ? {} : { tokens: parseTokens(await readText(tokens), tokens) }),
    ...(cors === undefined ? {} : { corsOrigins: cors }),
    ...(signingKey === undefined ? {} : { signingKey: await readText(signingKey) }),
    ...(metricsOpen === undefined ? {} : { metricsOpen }),
  };
  const { close: disconnect, ...kept } = await openKept(file, serve, onWarning);
  const sink = store === undefined ? undefined : serialSink(ndjsonSink(store));
  const recorder = sink && createRecorder({ sink });
  return {
    options: { ...kept, ...security, ...(sink && recorder && { sink, recorder }), onWarning },
    async close() {
      await recorder?.close();
      disconnect?.();
    },
  };
}

type Kept = Pick<ServerOptions, 'source' | 'switches' | 'assignments'> & { readonly close?: () => void };

async function openKept(
  file: string | undefined,
  { redis, prefix, switches }: ServeOptions,
  onWarning: (message: string) => void,
): Promise<Kept> {
  if (redis !== undefined) {
    const client = await lastingRedis(parseRedisAddress(redis), onWarning);
    return {
      source: file === undefined ? redisSource(client, { prefix }) : fileSource(file),
      switches: redisSwitches(client, { prefix }),
      assignments: redisAssignments(client, { prefix }),
      close: () => client.disconnect(),
    };
  }
  if (file === undefined) {
    throw new Failure(exitCodes.usage, 'Nothing says what to serve: name a file, or give --redis.');
  }
  return { source: fileSource(file), ...(switches === undefined ? {} : { switches: fileSwitches(switches) }) };
}
