import { formatPath } from '@sluice/core';
import type { ImportReport } from '@sluice/import';

/** What was carried, then what with a caveat, then what could not be: all of it, as nothing is to be found out later. */
export function formatReport({ vendor, carried, notes }: ImportReport, flags: number): string {
  const constructs = Object.entries(carried).map(([construct, count]) => `${count} × ${construct}`);
  const lines = [`${vendor}: ${flags} flag${flags === 1 ? '' : 's'}; carried ${constructs.join(', ') || 'nothing'}`];
  for (const severity of ['caveat', 'lost'] as const) {
    for (const { code, path, message } of notes.filter((note) => note.severity === severity)) {
      lines.push(`  ${severity}  ${formatPath(path)}  ${message}  [${code}]`);
    }
  }
  return `${lines.join('\n')}\n`;
}
