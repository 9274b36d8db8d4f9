import { type SwitchStore, writeSwitchStates } from '@sluice/core';
import type { LiveFlags } from '@sluice/openfeature-provider';
import { Hono } from 'hono';
import { requireRole } from '../auth/require-role.ts';
import type { ServerEnvironment } from '../auth/token.ts';
import { requireContentType } from '../limits/limit-body.ts';
import { entityTag, matchesTag } from '../ofrep/entity-tag.ts';
import { Refusal } from '../refusal.ts';
import type { OpenStreams } from '../streams/open-streams.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { DocumentPublisher } from './published-document.ts';

/** Names a process in a sentence; longer ones are no names. */
const LONGEST_ID = 200;

export interface DistributionOptions {
  readonly live: LiveFlags;
  readonly documents: DocumentPublisher;
  readonly switches: SwitchStore | undefined;
  readonly feed: ChangeFeed;
  readonly streams: OpenStreams;
}

/** What processes that evaluate by themselves need; mounted at `/v1` behind `authenticate`. */
export function distributionRoutes({
  live,
  documents,
  switches,
  feed,
  streams,
}: DistributionOptions): Hono<ServerEnvironment> {
  const app = new Hono<ServerEnvironment>();
  const programs = requireRole('evaluate', 'operate');

  app.get('/document', programs, async (context) => {
    const document = await documents.current();
    if (document === undefined)
      return context.json({ error: 'There is no document yet.' }, 503, { 'Retry-After': '1' });
    const etag = revisionTag(document.revision);
    context.header('ETag', etag);
    context.header('Cache-Control', 'no-cache');
    if (document.signature !== undefined) context.header('Sluice-Signature', document.signature);
    if (matchesTag(context.req.header('if-none-match'), etag)) return context.body(null, 304);
    const type = document.text.trimStart().startsWith('{') ? 'application/json' : 'application/yaml';
    return context.body(document.text, 200, { 'Content-Type': `${type}; charset=utf-8` });
  });

  app.get('/switches', programs, (context) => {
    const states = writeSwitchStates(live.switches);
    const text = JSON.stringify(states);
    const etag = entityTag(text);
    context.header('ETag', etag);
    context.header('Cache-Control', 'no-cache');
    if (matchesTag(context.req.header('if-none-match'), etag)) return context.body(null, 304);
    return context.body(text, 200, { 'Content-Type': 'application/json' });
  });

  app.get('/stream', programs, (context) => streams.open(context, (stream) => feed.follow(stream)));

  app.post('/followers', programs, requireContentType('application/json'), async (context) => {
    const { id, revision } = readFollower(await context.req.text());
    try {
      await switches?.acknowledge?.({ id, revision });
    } catch {
      // LiveFlags says what is wrong with the store, once and not for each who follows.
      return context.json({ error: 'The switch store cannot be reached now.' }, 503, { 'Retry-After': '1' });
    }
    return context.body(null, 204);
  });
  return app;
}

/** A revision is opaque; one that does not fit into a header is named by its hash. */
function revisionTag(revision: string): string {
  return /^[\x21\x23-\x7e]{1,200}$/.test(revision) ? `"${revision}"` : entityTag(revision);
}

function readFollower(text: string): { readonly id: string; readonly revision: number } {
  let body: { readonly id?: unknown; readonly revision?: unknown } | null = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Said below, together with every other body that does not fit.
  }
  const { id, revision } = body ?? {};
  const named = typeof id === 'string' && id.length > 0 && id.length <= LONGEST_ID;
  if (!named || typeof revision !== 'number' || !Number.isSafeInteger(revision) || revision < 0) {
    throw new Refusal(
      400,
      'json',
      `The body has to be { "id": up to ${LONGEST_ID} characters, "revision": a whole number }.`,
    );
  }
  return { id, revision };
}
