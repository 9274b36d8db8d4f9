import type { Command } from 'commander';
import { addChangeOptions, type ChangeOptions } from './operator-options.ts';
import { printDocumentReceipt } from './print-document-receipt.ts';
import { atTarget } from './target/target.ts';
import type { Terminal } from './terminal.ts';

interface PromoteOptions extends ChangeOptions {
  readonly expected?: string;
}

export function addPromote(program: Command, terminal: Terminal): void {
  const command = program
    .command('promote')
    .description("make a variant the control and end the flag's rollout and ramp")
    .argument('<flag>', 'key of a flag')
    .argument('<variant>', 'the variant that won')
    .option('--expected <revision>', 'refuse where the document has another revision by now');
  addChangeOptions(command).action(async (flag: string, variant: string, options: PromoteOptions) => {
    const { by, why, expected } = options;
    const receipt = await atTarget(options, (operations) =>
      operations.promote(flag, { by, why, variant, ...(expected === undefined ? {} : { expected }) }),
    );
    printDocumentReceipt(terminal, receipt, options.json);
  });
}
