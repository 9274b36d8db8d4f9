import { Command, CommanderError } from 'commander';
import { type ExitCode, exitCodes, Failure } from './failure.ts';
import type { Terminal } from './terminal.ts';

type AddCommand = (program: Command, terminal: Terminal) => void;

/** Only the file of the command that is called is loaded: a kill does not wait for DuckDB. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  validate: async () => (await import('./validate.ts')).addValidate,
  evaluate: async () => (await import('./evaluate.ts')).addEvaluate,
  explain: async () => (await import('./explain.ts')).addExplain,
  simulate: async () => (await import('./simulate.ts')).addSimulate,
  report: async () => (await import('./report.ts')).addReport,
  types: async () => (await import('./declare-types.ts')).addTypes,
  import: async () => (await import('./import-definitions.ts')).addImport,
  export: async () => (await import('./export-document.ts')).addExport,
  'verify-import': async () => (await import('./verify-imported.ts')).addVerifyImport,
  kill: async () => (await import('./kill.ts')).addKill,
  restore: async () => (await import('./restore.ts')).addRestore,
  switches: async () => (await import('./switches.ts')).addSwitches,
  followers: async () => (await import('./followers.ts')).addFollowers,
  set: async () => (await import('./set-percentage.ts')).addSet,
  promote: async () => (await import('./promote.ts')).addPromote,
  publish: async () => (await import('./publish.ts')).addPublish,
  audit: async () => (await import('./audit.ts')).addAudit,
  serve: async () => (await import('./serve.ts')).addServe,
  token: async () => (await import('./make-token.ts')).addToken,
  sign: async () => (await import('./sign.ts')).addSign,
};

/** Runs one command line, without the program's name, and gives its exit code. */
export async function run(commandLine: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const program = new Command('sluice')
    .description(
      'Check a flag document, ask what it gives whom, switch and ramp it, serve it, read what a rollout did, and come from or go to another tool.',
    )
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .exitOverride()
    .addHelpText(
      'after',
      '\nResults go to stdout, diagnostics to stderr. Exit codes: 0 done; 1 the answer is no (invalid document, evaluation error, unknown name, conflict of two edits); 2 wrong usage; 3 a file, store or server cannot be read, written or reached.',
    );
  const [named = ''] = commandLine;
  const called = Object.hasOwn(commands, named) ? [named] : Object.keys(commands);
  for (const add of await Promise.all(called.map((name) => commands[name]?.()))) add?.(program, terminal);
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
