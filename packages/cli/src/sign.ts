import { signText } from '@sluice/openfeature-provider';
import type { Command } from 'commander';
import { exitCodes, Failure } from './failure.ts';
import { readText } from './read-text.ts';
import { printJson, type Terminal } from './terminal.ts';
import { writeAtomically } from './write-atomically.ts';

export function addSign(program: Command, terminal: Terminal): void {
  program
    .command('sign')
    .description("write a document's signature beside it, for a static host and readers that know the public key")
    .argument('<file>', 'the document, as it will be served, byte for byte')
    .requiredOption('--key <file>', 'Ed25519 private key, PEM')
    .option('--json', 'print { file } as JSON')
    .action(async (file: string, { key, json }: { key: string; json?: boolean }) => {
      const [text, pem] = await Promise.all([readText(file), readText(key)]);
      const signed = `${file}.sig`;
      await writeAtomically(signed, `${sign(text, pem, key)}\n`);
      if (json) printJson(terminal, { file: signed });
      else terminal.stdout.write(`${signed}\n`);
    });
}

function sign(text: string, pem: string, key: string): string {
  try {
    return signText(text, pem);
  } catch (error) {
    throw new Failure(exitCodes.refused, `${key} cannot sign: ${(error as Error).message}`, { cause: error });
  }
}
