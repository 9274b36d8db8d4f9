import { type Command, InvalidArgumentError } from 'commander';
import { printDeclarations } from './declarations/print-declarations.ts';
import { readFlags } from './read-document.ts';
import type { Terminal } from './terminal.ts';
import { writeAtomically } from './write-atomically.ts';

export function addTypes(program: Command, terminal: Terminal): void {
  program
    .command('types')
    .description(
      'print TypeScript declarations: flag keys that OpenFeature clients accept, variant names, payload types',
    )
    .argument('<file>', 'YAML or JSON document, or - for standard input')
    .option('--out <file>', 'write them to a file that ends in .d.ts', parseDeclarationFile)
    .action(async (file: string, options: { out?: string }) => {
      const { document } = await readFlags(file, terminal);
      const declarations = printDeclarations(document, file === '-' ? 'standard input' : file);
      if (options.out === undefined) terminal.stdout.write(declarations);
      else await writeAtomically(options.out, declarations);
    });
}

function parseDeclarationFile(file: string): string {
  // Elsewhere the compiler would see that OpenFeature declares the same names, and refuse them.
  if (!file.endsWith('.d.ts')) throw new InvalidArgumentError('It has to end in .d.ts, such as src/flags.d.ts.');
  return file;
}
