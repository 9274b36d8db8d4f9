import { exportFlagd } from '@sluice/import';
import type { Command } from 'commander';
import { Argument } from 'commander';
import { formatReport } from './format-import-report.ts';
import { readFlags } from './read-document.ts';
import { printJson, type Terminal } from './terminal.ts';
import { writeAtomically } from './write-atomically.ts';

export function addExport(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description("turn a document into another tool's definitions, and report what they cannot say")
    .addArgument(new Argument('<format>', 'what to write').choices(['flagd']))
    .argument('<file>', 'YAML or JSON document, or - for standard input')
    .option('--out <file>', 'write the definitions to this file')
    .option('--json', 'print { definitions, report } as JSON')
    .action(async (_format: string, file: string, options: { out?: string; json?: boolean }) => {
      const { document } = await readFlags(file, terminal);
      const { definitions, report } = exportFlagd(document);
      terminal.stderr.write(formatReport(report, Object.keys(document.flags ?? {}).length));
      const text = `${JSON.stringify(definitions, null, 2)}\n`;
      if (options.json) printJson(terminal, { definitions, report });
      if (options.out !== undefined) await writeAtomically(options.out, text);
      else if (!options.json) terminal.stdout.write(text);
    });
}
