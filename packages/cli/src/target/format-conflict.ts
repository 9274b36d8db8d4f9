import type { ConflictError } from '@sluice/core';
import { printable } from '../printable.ts';
import { changedLines } from './changed-lines.ts';

/** Both versions, as far as they differ: `-` is there now, `+` is what was not written. */
export function formatConflict({ current, attempted }: ConflictError): string {
  const there = current === undefined ? 'nothing is there now' : `is there now, revision ${current.revision}`;
  const lines = changedLines(current?.text ?? '', attempted);
  const rows = lines.map(({ mark, line, text }) => `${mark} ${String(line).padStart(5)}  ${printable(text)}`);
  return [`--- ${printable(there)}`, '+++ your edit, which was not written', ...rows].join('\n');
}
