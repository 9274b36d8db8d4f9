import type { Command } from 'commander';
import { addChangeOptions, type ChangeOptions } from './operator-options.ts';
import { printDocumentReceipt } from './print-document-receipt.ts';
import { readInput } from './read-text.ts';
import { atTarget } from './target/target.ts';
import type { Terminal } from './terminal.ts';

interface PublishOptions extends ChangeOptions {
  readonly expected?: string;
}

export function addPublish(program: Command, terminal: Terminal): void {
  const command = program
    .command('publish')
    .description('put a document where processes read it: the first one, or one in place of the revision that is named')
    .argument('<file>', 'YAML or JSON document, or - for standard input')
    .option('--expected <revision>', 'revision that it is made from; left out, there may be no document yet');
  addChangeOptions(command).action(async (file: string, options: PublishOptions) => {
    const { by, why, expected = null } = options;
    const text = await readInput(file, terminal);
    const receipt = await atTarget(options, (operations) => operations.replaceDocument({ by, why, text, expected }));
    printDocumentReceipt(terminal, receipt, options.json);
  });
}
