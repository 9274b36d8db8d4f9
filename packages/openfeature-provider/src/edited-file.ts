import { readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { AuditEntry } from '@sluice/core';
import { appendAuditEntry, readAuditEntries } from './audit-file.ts';
import { lockFile } from './file-lock.ts';
import { readTextFileIfAny } from './read-text-file.ts';
import { writeAtomically } from './write-atomically.ts';

export interface FileEdit {
  readonly text: string;
  readonly entry: AuditEntry;
}

/**
 * Edits a file that several processes edit: one at a time, whole or not at all, and each change with its line in the audit
 * trail beside it, which is written first: no change is without its line, though a crash may leave a line without its change.
 *
 * @param edit given the text, `undefined` where there is no file; what it throws is thrown, and nothing is written.
 */
export async function editFile(path: string, edit: (text: string | undefined) => FileEdit): Promise<void> {
  const target = await targetOf(path);
  const lock = await lockFile(`${target}.lock`);
  try {
    const { text, entry } = edit(await readTextFileIfAny(target));
    const confirm = async (): Promise<void> => {
      await lock.check();
      await appendAuditEntry(auditPath(target), entry);
      await lock.check();
    };
    await writeAtomically(target, text, { confirm });
  } finally {
    await lock.release();
  }
}

/** The last edits of a file, newest first. */
export async function editsOf(path: string, limit: number): Promise<readonly AuditEntry[]> {
  return readAuditEntries(auditPath(await targetOf(path)), limit);
}

function auditPath(target: string): string {
  return `${target}.audit.ndjson`;
}

/** The file behind every link, so that those who come by another link meet the same lock and the same trail. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // A link to a file that is not there yet, or no file at all.
    const link = await readlink(path).catch(() => undefined);
    return link === undefined ? path : targetOf(resolve(dirname(path), link));
  }
}
