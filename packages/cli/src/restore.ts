import type { Command } from 'commander';
import { addChangeOptions } from './operator-options.ts';
import { addSwitchOptions, kindOf, type SwitchCommandOptions, switchAndWait } from './switch-and-wait.ts';
import type { Terminal } from './terminal.ts';

export function addRestore(program: Command, terminal: Terminal): void {
  const command = program
    .command('restore')
    .description('take a kill back, and say which processes have taken that up')
    .argument('<name>', 'name of a switch, or key of a flag');
  addChangeOptions(addSwitchOptions(command)).action(async (name: string, options: SwitchCommandOptions) => {
    const { by, why } = options;
    await switchAndWait(terminal, options, (operations) => operations.restore(name, { by, why, ...kindOf(options) }));
  });
}
