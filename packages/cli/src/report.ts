import { writeFile } from 'node:fs/promises';
import { type FlagImpact, measureFlagImpact } from '@sluice/analysis';
import type { MetricDefinition, Store } from '@sluice/core';
import { htmlReport, jsonReport, terminalReport } from '@sluice/report';
import { duckdbStore } from '@sluice/store-duckdb';
import type { Command } from 'commander';
import { parseDays } from './duration.ts';
import { exitCodes, Failure } from './failure.ts';
import { readFlags } from './read-document.ts';
import { printJson, type Terminal } from './terminal.ts';

interface ReportOptions {
  readonly store: string;
  readonly since: number;
  readonly html?: string;
  readonly document?: string;
  readonly json?: boolean;
}

export function addReport(program: Command, terminal: Terminal): void {
  program
    .command('report')
    .description('what the variants of a flag did to their units, and what follows')
    .argument('[flag]', 'one flag; left out, every flag that has records')
    .requiredOption('--store <directory>', 'directory that a recorder writes to')
    .option('--since <duration>', 'how far back to look: 90m, 12h, 7d, 2w', parseDays, 7)
    .option('--document <file>', 'flag document whose metrics and margins count')
    .option('--html <file>', 'write a self-contained page with plots as well')
    .option('--json', 'print the report as JSON')
    .action(async (flag: string | undefined, options: ReportOptions) => {
      const metrics =
        options.document === undefined ? {} : ((await readFlags(options.document, terminal)).document.metrics ?? {});
      const impacts = await measure(flag, options, metrics);
      if (options.html !== undefined) await writeHtml(options.html, impacts);
      if (options.json) printJson(terminal, jsonReport(impacts));
      else {
        const { isTTY, columns } = terminal.stdout;
        const style = { color: isTTY === true, ...(columns === undefined ? {} : { width: columns }) };
        for (const impact of impacts) terminal.stdout.write(`${terminalReport(impact, style)}\n`);
      }
    });
}

async function measure(
  flag: string | undefined,
  { store: directory, since }: ReportOptions,
  metrics: Readonly<Record<string, MetricDefinition>>,
): Promise<readonly FlagImpact[]> {
  const store = duckdbStore(directory);
  try {
    const keys = flag === undefined ? await flagsOf(store) : [flag];
    const until = Date.now();
    return await Promise.all(keys.map((key) => measureFlagImpact(store, key, { days: since, until, metrics })));
  } catch (error) {
    throw new Failure(exitCodes.unreadable, (error as Error).message, { cause: error });
  } finally {
    await store.close();
  }
}

async function flagsOf(store: Store): Promise<readonly string[]> {
  const flags = await store.flags();
  if (flags.length === 0) throw new Error(`${store.name} has no records; is a recorder writing there?`);
  return flags.map(({ flag }) => flag);
}

async function writeHtml(file: string, impacts: readonly FlagImpact[]): Promise<void> {
  const html = await htmlReport(impacts);
  try {
    await writeFile(file, html);
  } catch (error) {
    throw new Failure(exitCodes.unreadable, `${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
