import { setImmediate } from 'node:timers/promises';
import { type CompiledFlags, type Document, formatPath } from '@sluice/core';
import { type ImportNote, probes } from '@sluice/import';
import type { Command } from 'commander';
import { exitCodes, Failure } from './failure.ts';
import { progressBar } from './progress-bar.ts';
import { readDefinitions } from './read-definitions.ts';
import { readFlags } from './read-document.ts';
import { printJson, type Terminal } from './terminal.ts';
import { parseVendor, type Vendor, vendorNames } from './vendors.ts';
import { type Comparison, compare } from './verify-import/compare.ts';
import { loadSdk } from './verify-import/load-sdk.ts';
import { parseWholeNumber } from './whole-number.ts';

/** Units between two drawings of the progress bar. */
const CHUNK = 500;

interface Options {
  readonly units: number;
  readonly seed: number;
  readonly flag?: string;
  readonly environment?: string;
  readonly json?: boolean;
}

export function addVerifyImport(program: Command, terminal: Terminal): void {
  program
    .command('verify-import')
    .description("ask the vendor's own SDK and an imported document the same, and print every difference")
    .argument('<vendor>', vendorNames, parseVendor)
    .argument('<input>', 'JSON that the vendor gave out, as it was imported')
    .argument('<document>', 'YAML or JSON document')
    .option('--units <n>', 'how many made-up units', parseWholeNumber, 100_000)
    .option('--seed <n>', 'another seed makes other units and contexts', parseWholeNumber, 1)
    .option('--flag <key>', 'compare this flag alone')
    .option('--environment <name>', 'which environment is meant, where the input holds several')
    .option('--json', 'print { answers, differences } as JSON')
    .action(async (vendor: Vendor, input: string, file: string, options: Options) => {
      const definitions = await readDefinitions(input, terminal);
      const { document, flags } = await readFlags(file, terminal);
      if (options.flag !== undefined && !flags.flags.has(options.flag)) {
        throw new Failure(exitCodes.refused, `${file} has no flag ${JSON.stringify(options.flag)}`);
      }
      const imported = vendor.importer.convert(definitions, { environment: options.environment });
      // A flag that the document lacks would be the quietest difference of all.
      const missing = Object.keys(imported.document?.flags ?? {}).filter((key) => !flags.flags.has(key));
      const { name, comparison } = await verify(vendor, definitions, document, flags, options, terminal);
      if (options.json) {
        const { answers } = comparison;
        const differences = Object.fromEntries(comparison.differences);
        printJson(terminal, { sdk: name, units: options.units, answers, missing, differences });
      } else terminal.stdout.write(format(name, options.units, comparison, missing, imported.report.notes));
      if (missing.length + comparison.differences.size > 0 || comparison.answers === 0) {
        throw new Failure(exitCodes.refused, '');
      }
    });
}

async function verify(
  vendor: Vendor,
  definitions: unknown,
  document: Document,
  flags: CompiledFlags,
  { units, seed, flag, environment }: Options,
  terminal: Terminal,
): Promise<{ name: string; comparison: Comparison }> {
  const sdk = vendor.sdk === undefined ? undefined : await loadSdk(vendor.sdk, process.cwd());
  const oracle = await vendor.start(sdk, definitions, { environment });
  const bar = progressBar(units, terminal);
  let asked = 0;
  try {
    const comparison = await compare({
      flags,
      oracle,
      ...(flag === undefined ? {} : { keys: [flag] }),
      contexts: probes(document, { seed, count: units }),
      onContext: () => {
        asked++;
        if (asked % CHUNK !== 0) return undefined;
        bar?.update(asked);
        return setImmediate();
      },
    });
    return { name: oracle.name, comparison };
  } finally {
    bar?.stop();
    await oracle.close();
  }
}

function format(
  name: string,
  units: number,
  { answers, differences }: Comparison,
  missing: readonly string[],
  notes: readonly ImportNote[],
): string {
  const lines = [`${answers} answers for ${units} units compared with ${name}`];
  for (const flag of missing) lines.push(`${flag}: not in the document`);
  for (const [flag, { count, examples }] of differences) {
    lines.push(`${flag}: ${count} different`);
    for (const { context, vendor, sluice } of examples) {
      lines.push(
        `  ${JSON.stringify(context)}`,
        `    vendor ${JSON.stringify(vendor)}`,
        `    sluice ${JSON.stringify(sluice)}`,
      );
    }
    const own = flag.replace(/\.enabled$/, '');
    const declared = notes.filter(({ path }) => path.includes(flag) || path.includes(own));
    for (const { severity, path, message } of declared) lines.push(`  ${severity}  ${formatPath(path)}  ${message}`);
  }
  const differing = missing.length + differences.size;
  lines.push(differing === 0 ? 'no difference' : `${differing} flag${differing === 1 ? ' differs' : 's differ'}`);
  return `${lines.join('\n')}\n`;
}
