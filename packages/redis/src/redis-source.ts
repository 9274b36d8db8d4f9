import { ConflictError, DocumentError, type EditableSource, type Reading, type SourceChange } from '@sluice/core';
import { parseText } from '@sluice/core/text';
import { readAudit } from './audit-trail.ts';
import { channelsOf } from './channels.ts';
import { commandsOf } from './commands.ts';
import { type DocumentVersion, readVersions } from './document-versions.ts';
import { Following } from './following.ts';
import { keysOf } from './keys.ts';
import type { RedisClient } from './redis-client.ts';
import { readRevision, readText } from './replies.ts';
import { replaceDocument } from './scripts.ts';

export interface RedisSourceOptions {
  /** What the names of keys and the channel begin with, in braces. @default 'sluice' */
  readonly prefix?: string;
  /** How long one command may take. @default 1000 */
  readonly timeoutMs?: number;
  /** How often the revision is compared, in case a message was lost. @default 2000 */
  readonly reconcileIntervalMs?: number;
}

/** A document on Redis, with its last 50 versions. */
export interface RedisSource extends EditableSource {
  /** The last versions, newest first. */
  versions(limit: number): Promise<readonly DocumentVersion[]>;
  /** `undefined` for a revision that never was, or is no longer kept. */
  readVersion(revision: string): Promise<DocumentVersion | undefined>;
}

interface KeptText {
  readonly revision: number;
  readonly text: string;
}

/**
 * Serves a document from Redis, and each later one.
 *
 * @throws {TypeError} for what is no client that it can use.
 */
export function redisSource(client: RedisClient, options: RedisSourceOptions = {}): RedisSource {
  const { prefix = 'sluice', timeoutMs = 1000, reconcileIntervalMs = 2000 } = options;
  const keys = keysOf(prefix);
  const { place } = keys;
  const channels = channelsOf(client);
  const commands = commandsOf(channels.access, place, timeoutMs);
  const kept = async (): Promise<KeptText | undefined> => {
    const reply = await commands.send(keys.document, ['HMGET', keys.document, 'revision', 'text']);
    const [revision, text] = (reply as unknown[]).map(readText);
    return text === undefined ? undefined : { revision: readRevision(revision, place), text };
  };
  const following = new Following<KeptText>({
    place,
    kind: 'document',
    channel: keys.changes,
    channels,
    reconcileIntervalMs,
    async read() {
      const found = await kept();
      if (found === undefined) throw new Error(`${place} holds no document; write one, for instance by sluice publish`);
      return found;
    },
    revision: async () => readRevision(await commands.send(keys.document, ['HGET', keys.document, 'revision']), place),
    apply: () => undefined,
  });
  /** The text of the last reading; `undefined` where the last thing told was an error. */
  let lastText: string | undefined;

  const parse = (text: string): Reading => {
    const { document, problems } = parseText(text);
    if (document === undefined) throw new DocumentError(place, problems);
    return { document, warnings: problems };
  };
  const changeTo = (text: string): SourceChange => {
    try {
      const reading = parse(text);
      lastText = text;
      return { reading };
    } catch (error) {
      lastText = undefined;
      return { error: error as Error };
    }
  };

  return {
    name: place,
    async read() {
      lastText = undefined;
      const { text } = await following.read();
      const reading = parse(text);
      lastText = text;
      return reading;
    },
    watch(listener) {
      following.watch({
        state({ text }, recovered) {
          if (recovered || text !== lastText) listener(changeTo(text));
        },
        failure: (error) => listener({ error }),
      });
    },
    async readText() {
      const found = await kept();
      return found && { text: found.text, revision: String(found.revision) };
    },
    async writeText(edit) {
      const { text, expected, by, why, summary } = edit;
      parse(text);
      const reply = (await commands.change(
        replaceDocument,
        [keys.document, keys.versions, keys.audit],
        [keys.changes, expected ?? '', text, by, why, summary, JSON.stringify({ by, why, summary }).slice(1, -1)],
      )) as unknown[];
      const [outcome, revision = '', rest = ''] = reply.map(String);
      if (outcome === 'conflict') {
        throw new ConflictError(place, edit, revision === '' ? undefined : { revision, text: rest });
      }
      following.made(rest);
      return revision;
    },
    audit: (limit) => readAudit(commands, keys.audit, 'document', limit),
    versions: (limit) => readVersions(commands, keys.versions, { limit }),
    async readVersion(revision) {
      if (!/^\d{1,16}$/.test(revision)) return undefined;
      const [version] = await readVersions(commands, keys.versions, { from: revision, to: revision, limit: 1 });
      return version;
    },
    async close() {
      following.close();
    },
  };
}
