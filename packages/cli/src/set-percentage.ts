import type { Command } from 'commander';
import { addChangeOptions, type ChangeOptions } from './operator-options.ts';
import { parsePercentage } from './percentage.ts';
import { printDocumentReceipt } from './print-document-receipt.ts';
import { atTarget } from './target/target.ts';
import type { Terminal } from './terminal.ts';

interface SetOptions extends ChangeOptions {
  readonly percentage: number;
  readonly rule?: string;
  readonly serve?: string;
  readonly expected?: string;
}

export function addSet(program: Command, terminal: Terminal): void {
  const command = program
    .command('set')
    .description("change the percentage of a flag's rollout")
    .argument('<flag>', 'key of a flag')
    .requiredOption('--percentage <n>', 'share of the units that enter, 0 to 100', parsePercentage)
    .option('--rule <name>', "the rollout of this rule, not the flag's own")
    .option('--serve <variant>', 'what a rollout serves that is only now begun')
    .option('--expected <revision>', 'refuse where the document has another revision by now');
  addChangeOptions(command).action(async (flag: string, options: SetOptions) => {
    const { by, why, percentage, rule, serve, expected } = options;
    const receipt = await atTarget(options, (operations) =>
      operations.setPercentage(flag, {
        by,
        why,
        percentage,
        ...(rule === undefined ? {} : { rule }),
        ...(serve === undefined ? {} : { serve }),
        ...(expected === undefined ? {} : { expected }),
      }),
    );
    printDocumentReceipt(terminal, receipt, options.json);
  });
}
