import { open, readFile } from 'node:fs/promises';
import type { AuditEntry } from '@sluice/core';

/** Appends an entry as a line of JSON, on the disk when it resolves. One call at a time. */
export async function appendAuditEntry(path: string, entry: AuditEntry): Promise<void> {
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    // A line that a crash tore would else take this one with it.
    const torn = size > 0 && last.toString() !== '\n';
    await file.appendFile(`${torn ? '\n' : ''}${JSON.stringify(entry)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The last entries, newest first. A line that is none, as one that a crash tore, is left out. */
export async function readAuditEntries(path: string, limit: number): Promise<readonly AuditEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const entries: AuditEntry[] = [];
  for (const line of text.split('\n').reverse()) {
    if (entries.length >= limit) break;
    const entry = parse(line);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

function parse(line: string): AuditEntry | undefined {
  try {
    const { action } = JSON.parse(line);
    return action === 'switch' || action === 'document' ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}
