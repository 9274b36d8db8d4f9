import type { Author, DocumentText } from '@sluice/core';
import type { Commands } from './commands.ts';
import { readEntries } from './replies.ts';

/** A document that was written, with who wrote it. */
export interface DocumentVersion extends DocumentText, Author {
  /** ms since the epoch. */
  readonly at: number;
  /** What changed, in a line. */
  readonly summary: string;
}

/** The last versions between two ids of the stream, newest first. */
export async function readVersions(
  commands: Commands,
  key: string,
  { from = '+', to = '-', limit }: { readonly from?: string; readonly to?: string; readonly limit: number },
): Promise<readonly DocumentVersion[]> {
  if (limit < 1) return [];
  const entries = readEntries(await commands.send(key, ['XREVRANGE', key, from, to, 'COUNT', String(limit)]));
  return entries.map(({ id, fields }) => {
    const field = (name: string): string => fields.get(name) ?? '';
    const { 0: revision = '' } = id.split('-');
    const { by, why, summary, text } = {
      by: field('by'),
      why: field('why'),
      summary: field('summary'),
      text: field('text'),
    };
    return { revision, text, at: Number(field('at')), by, why, summary };
  });
}
