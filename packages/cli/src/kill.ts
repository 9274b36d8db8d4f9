import type { Command } from 'commander';
import { parseDuration } from './duration.ts';
import { addChangeOptions } from './operator-options.ts';
import { addSwitchOptions, kindOf, type SwitchCommandOptions, switchAndWait } from './switch-and-wait.ts';
import type { Terminal } from './terminal.ts';
import { parseWholeNumber } from './whole-number.ts';

interface KillOptions extends SwitchCommandOptions {
  readonly retryAfter?: number;
  readonly for?: number;
  readonly undeclared?: boolean;
}

export function addKill(program: Command, terminal: Terminal): void {
  const command = program
    .command('kill')
    .description('turn a switch off, or make a flag serve its control, and say which processes have taken it up')
    .argument('<name>', 'name of a switch, or key of a flag')
    .option('--retry-after <seconds>', 'what callers are told to wait', parseWholeNumber)
    .option('--for <duration>', 'until then, such as 30m or 12h; afterwards the document decides again', parseDuration)
    .option('--undeclared', 'take a name that the document does not have');
  addChangeOptions(addSwitchOptions(command)).action(async (name: string, options: KillOptions) => {
    const { by, why, retryAfter, for: duration, undeclared } = options;
    await switchAndWait(terminal, options, (operations) =>
      operations.kill(name, {
        by,
        why,
        ...kindOf(options),
        ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
        ...(duration === undefined ? {} : { expiresAt: Date.now() + duration }),
        ...(undeclared === undefined ? {} : { undeclared }),
      }),
    );
  });
}
