import { checkTemplates } from '@sluice/core/prompt';
import type { Command } from 'commander';
import { exitCodes, Failure } from './failure.ts';
import { listProblems, readDocument } from './read-document.ts';
import { printJson, type Terminal } from './terminal.ts';

export function addValidate(program: Command, terminal: Terminal): void {
  program
    .command('validate')
    .description('check a flag document and list every problem at once')
    .argument('<file>', 'YAML or JSON document, or - for standard input')
    .option('--json', 'print { valid, problems } as JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const read = await readDocument(file, terminal);
      const { document } = read;
      const faults = document === undefined ? [] : checkTemplates(document);
      const problems = [...read.problems, ...faults];
      const valid = document !== undefined && faults.length === 0;
      if (problems.length > 0) terminal.stderr.write(`${listProblems(file, problems)}\n`);
      if (options.json) printJson(terminal, { valid, problems });
      else if (valid)
        terminal.stdout.write(
          `${file} is valid: ${count(document.flags, 'flag')}, ${count(document.switches, 'switch', 'es')}\n`,
        );
      if (!valid) throw new Failure(exitCodes.refused, '');
    });
}

function count(named: object | undefined, noun: string, plural = 's'): string {
  const number = Object.keys(named ?? {}).length;
  return `${number} ${noun}${number === 1 ? '' : plural}`;
}
