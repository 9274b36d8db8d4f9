import { createHash } from 'node:crypto';

/** Names a document's text by its content, so that an edit by hand is another revision as well. */
export function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
