import type { AuditEntry } from '@sluice/core';
import type { Command } from 'commander';
import { addPlaceOptions, type PlaceOptions } from './operator-options.ts';
import { formatTable } from './table.ts';
import { atTarget } from './target/target.ts';
import { printJson, type Terminal } from './terminal.ts';
import { parseWholeNumber } from './whole-number.ts';

interface AuditOptions extends PlaceOptions {
  readonly limit: number;
}

export function addAudit(program: Command, terminal: Terminal): void {
  const command = program
    .command('audit')
    .description('list the last changes to switches and document, newest first')
    .option('--limit <n>', 'how many', parseWholeNumber, 20);
  addPlaceOptions(command).action(async (options: AuditOptions) => {
    const entries = await atTarget(options, (operations) => operations.audit(options.limit));
    if (options.json) printJson(terminal, entries);
    else if (entries.length === 0) terminal.stderr.write('Nothing was changed yet.\n');
    else terminal.stdout.write(`${formatAudit(entries)}\n`);
  });
}

function formatAudit(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => [new Date(entry.at).toISOString(), describe(entry), entry.by, entry.why]);
  return formatTable([['at', 'change', 'by', 'why'], ...rows]);
}

function describe(entry: AuditEntry): string {
  if (entry.action === 'document') return entry.summary;
  const { target, state } = entry;
  const name = target.switch === undefined ? `flag ${target.flag}` : `switch ${target.switch}`;
  return `${name} ${state === null ? 'restored' : state.on ? 'on' : 'OFF'}`;
}
