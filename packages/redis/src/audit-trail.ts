import type { AuditEntry } from '@sluice/core';
import type { Commands } from './commands.ts';
import { readState, readTarget } from './message.ts';
import { readEntries } from './replies.ts';

const PAGE = 200;

/** The last entries of one kind in the trail that switches and document share, newest first. */
export async function readAudit<Action extends AuditEntry['action']>(
  commands: Commands,
  key: string,
  action: Action,
  limit: number,
): Promise<readonly Extract<AuditEntry, { action: Action }>[]> {
  const found: Extract<AuditEntry, { action: Action }>[] = [];
  for (let from = '+'; found.length < limit; ) {
    const page = readEntries(await commands.send(key, ['XREVRANGE', key, from, '-', 'COUNT', String(PAGE)]));
    for (const { fields } of page) {
      const entry = readEntry(fields.get('entry') ?? '');
      if (entry?.action === action) found.push(entry as Extract<AuditEntry, { action: Action }>);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    from = `(${last.id}`;
  }
  return found.slice(0, limit);
}

/** `undefined` for what another program, or a later version, put there. */
function readEntry(text: string): AuditEntry | undefined {
  try {
    const entry = JSON.parse(text);
    if (entry.action === 'document') return entry;
    if (entry.action !== 'switch') return undefined;
    return { ...entry, target: readTarget(entry.target), state: entry.state === null ? null : readState(entry.state) };
  } catch {
    return undefined;
  }
}
