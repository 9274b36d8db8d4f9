import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentAuditEntry } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { appendAuditEntry, readAuditEntries } from '../src/audit-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

const entry = (to: string): DocumentAuditEntry => ({
  action: 'document',
  at: 1,
  by: 'ann',
  why: 'a test\nof two lines',
  summary: 'm: percentage 1 → 5',
  from: null,
  to,
});

describe('an audit file', () => {
  it('has no entries before the first', async () => {
    expect(await readAuditEntries(join(temporaryFolder(), 'audit'), 10)).toEqual([]);
  });

  it('gives the last entries, newest first, one line each', async () => {
    const path = join(temporaryFolder(), 'audit');
    for (const to of ['1', '2', '3']) await appendAuditEntry(path, entry(to));
    expect(await readAuditEntries(path, 10)).toEqual([entry('3'), entry('2'), entry('1')]);
    expect(await readAuditEntries(path, 2)).toEqual([entry('3'), entry('2')]);
    expect(await readAuditEntries(path, 0)).toEqual([]);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  });

  it('leaves out a line that was torn, and begins the next on a line of its own', async () => {
    const path = join(temporaryFolder(), 'audit');
    await appendAuditEntry(path, entry('1'));
    appendFileSync(path, '{ "action": "docu');
    await appendAuditEntry(path, entry('2'));
    appendFileSync(path, 'null\n7\n{ "action": "other" }\n');
    expect(await readAuditEntries(path, 10)).toEqual([entry('2'), entry('1')]);
  });
});
