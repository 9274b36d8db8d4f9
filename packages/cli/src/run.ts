import { Command, CommanderError } from 'commander';
import { addTypes } from './declare-types.ts';
import { addEvaluate } from './evaluate.ts';
import { addExplain } from './explain.ts';
import { addExport } from './export-document.ts';
import { type ExitCode, exitCodes, Failure } from './failure.ts';
import { addImport } from './import-definitions.ts';
import { addReport } from './report.ts';
import { addSimulate } from './simulate.ts';
import type { Terminal } from './terminal.ts';
import { addValidate } from './validate.ts';
import { addVerifyImport } from './verify-imported.ts';

/** Runs one command line, without the program's name, and gives its exit code. */
export async function run(commandLine: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const program = new Command('sluice')
    .description(
      'Check a flag document, ask what it gives whom, read what a rollout did, and come from or go to another tool.',
    )
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .exitOverride()
    .addHelpText(
      'after',
      '\nResults go to stdout, diagnostics to stderr. Exit codes: 0 done; 1 the answer is no (invalid document, evaluation error); 2 wrong usage; 3 a file or store cannot be read or written.',
    );
  for (const add of [
    addValidate,
    addEvaluate,
    addExplain,
    addSimulate,
    addReport,
    addTypes,
    addImport,
    addExport,
    addVerifyImport,
  ])
    add(program, terminal);
  try {
    await program.parseAsync(commandLine, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof Failure) {
      if (error.message !== '') terminal.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
}
