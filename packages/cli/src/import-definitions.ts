import { printText } from '@sluice/core/text';
import type { Command } from 'commander';
import { exitCodes, Failure } from './failure.ts';
import { formatReport } from './format-import-report.ts';
import { readDefinitions } from './read-definitions.ts';
import { printJson, type Terminal } from './terminal.ts';
import { parseVendor, type Vendor, vendorNames } from './vendors.ts';
import { writeAtomically } from './write-atomically.ts';

export function addImport(program: Command, terminal: Terminal): void {
  program
    .command('import')
    .description(
      "turn a vendor's definitions into a document in which no unit changes variant, and report what it could not",
    )
    .argument('<vendor>', vendorNames, parseVendor)
    .argument('<input>', 'JSON that the vendor gave out, or - for standard input')
    .option('--environment <name>', 'which environment is meant, where the input holds several')
    .option('--out <file>', 'write the document to this file: JSON where it ends in .json, else YAML')
    .option('--json', 'print { document, report } as JSON')
    .action(async (vendor: Vendor, input: string, options: { environment?: string; out?: string; json?: boolean }) => {
      const definitions = await readDefinitions(input, terminal);
      const { document, report } = vendor.importer.convert(definitions, { environment: options.environment });
      terminal.stderr.write(formatReport(report, Object.keys(document?.flags ?? {}).length));
      if (options.json) printJson(terminal, { document: document ?? null, report });
      if (document === undefined) throw new Failure(exitCodes.refused, `${input}: nothing usable came out`);
      if (options.out !== undefined) {
        await writeAtomically(options.out, printText(document, options.out.endsWith('.json') ? 'json' : 'yaml'));
      } else if (!options.json) terminal.stdout.write(printText(document));
    });
}
