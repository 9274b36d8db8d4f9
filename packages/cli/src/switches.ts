import type { SwitchOverview } from '@sluice/server/operations';
import type { Command } from 'commander';
import { addPlaceOptions, type PlaceOptions } from './operator-options.ts';
import { formatTable } from './table.ts';
import { atTarget } from './target/target.ts';
import { printJson, type Terminal } from './terminal.ts';

export function addSwitches(program: Command, terminal: Terminal): void {
  const command = program
    .command('switches')
    .description('list every switch and every flag that is killed: what holds now, since when, by whom and why');
  addPlaceOptions(command).action(async (options: PlaceOptions) => {
    const switches = await atTarget(options, (operations) => operations.switches());
    if (options.json) printJson(terminal, switches);
    else if (switches.length === 0) terminal.stderr.write('No switch is declared or set, and no flag is killed.\n');
    else terminal.stdout.write(`${formatSwitches(switches)}\n`);
  });
}

function formatSwitches(switches: readonly SwitchOverview[]): string {
  const rows = switches.map(({ target, on, declared, state }) => [
    target.switch ?? target.flag,
    target.switch === undefined ? 'flag' : 'switch',
    on ? 'on' : 'OFF',
    state === undefined ? '' : new Date(state.since).toISOString(),
    state?.by ?? '',
    state?.why ?? '',
    state?.expiresAt === undefined ? '' : new Date(state.expiresAt).toISOString(),
    declared ? 'yes' : 'no',
  ]);
  return formatTable([['name', 'kind', 'state', 'since', 'by', 'why', 'expires', 'declared'], ...rows]);
}
