import { awaitFollowers, type FollowerProgress, type Operations, type SwitchReceipt } from '@sluice/server/operations';
import { type Command, Option } from 'commander';
import { formatDuration, parseWait } from './duration.ts';
import type { ChangeOptions } from './operator-options.ts';
import { printable } from './printable.ts';
import { atTarget } from './target/target.ts';
import { printJson, type Terminal } from './terminal.ts';

export interface SwitchCommandOptions extends ChangeOptions {
  readonly wait: number;
  readonly flag?: boolean;
  readonly switch?: boolean;
}

/** What `kill` and `restore` have in common. */
export function addSwitchOptions(command: Command): Command {
  return command
    .addOption(new Option('--flag', 'the name is a flag').conflicts('switch'))
    .addOption(new Option('--switch', 'the name is a switch').conflicts('flag'))
    .addOption(
      new Option('--wait <duration>', 'how long to wait for the processes that follow; 0 not at all')
        .argParser(parseWait)
        .default(5_000, '5s'),
    );
}

/** Which of the two a name is, where the command line says so. */
export function kindOf({ flag, switch: isSwitch }: SwitchCommandOptions): { kind?: 'flag' | 'switch' } {
  return flag ? { kind: 'flag' } : isSwitch ? { kind: 'switch' } : {};
}

/** Makes a change of a switch, says at once that it is written, and then how far the processes that follow have come. */
export async function switchAndWait(
  terminal: Terminal,
  { wait, json, ...options }: SwitchCommandOptions,
  change: (operations: Operations) => Promise<SwitchReceipt>,
): Promise<void> {
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  await atTarget(options, async (operations) => {
    const receipt = await change(operations);
    const writtenMs = elapsed();
    if (!json) terminal.stdout.write(`${formatReceipt(receipt, operations.name, writtenMs)}\n`);
    for (const note of receipt.notes) terminal.stderr.write(`${printable(note)}\n`);
    const progress = await followed(operations, receipt, wait, terminal);
    const followedMs = elapsed();
    if (json) printJson(terminal, { ...receipt, writtenMs, ...(progress && { followedMs, followers: progress }) });
    else if (progress !== undefined) terminal.stdout.write(formatProgress(progress, followedMs));
    if (progress !== undefined && progress.missing.length > 0) {
      const { acknowledged, missing } = progress;
      const count = `${missing.length} OF ${acknowledged + missing.length} PROCESSES`;
      terminal.stderr.write(`WRITTEN, BUT ${count} DID NOT ACKNOWLEDGE WITHIN ${formatDuration(wait)}.\n`);
    }
  });
}

/** A change that is written stays written: that nobody can be asked about it is said, and is no failure. */
async function followed(
  operations: Operations,
  { revision }: SwitchReceipt,
  wait: number,
  terminal: Terminal,
): Promise<FollowerProgress | undefined> {
  if (wait === 0) return undefined;
  try {
    const progress =
      revision === undefined ? undefined : await awaitFollowers(operations, revision, { timeoutMs: wait });
    if (progress === undefined) terminal.stderr.write(`${operations.name} is not told which processes follow it.\n`);
    return progress;
  } catch (error) {
    const { message } = error as Error;
    terminal.stderr.write(`WRITTEN, BUT NOBODY KNOWS WHICH PROCESSES HAVE TAKEN IT UP: ${printable(message)}\n`);
    return undefined;
  }
}

function formatReceipt({ target, on, revision }: SwitchReceipt, place: string, writtenMs: number): string {
  const what = target.switch === undefined ? `flag ${target.flag}` : `switch ${target.switch}`;
  const state = on ? 'on' : target.switch === undefined ? 'KILLED' : 'OFF';
  const at = revision === undefined ? '' : `, revision ${revision}`;
  return printable(`${what} is ${state}: written to ${place} after ${writtenMs} ms${at}`);
}

function formatProgress({ acknowledged, missing, gone }: FollowerProgress, followedMs: number): string {
  const all = acknowledged + missing.length;
  const lines = [
    all === 0
      ? 'no process follows'
      : `${acknowledged} of ${all} process${all === 1 ? '' : 'es'} acknowledged after ${followedMs} ms`,
  ];
  const list = (said: string, processes: FollowerProgress['missing']): void => {
    for (const { id, revision, at } of processes) {
      // The store's clock may be ahead of this one.
      const seen = formatDuration(Math.max(0, Date.now() - at));
      lines.push(printable(`  ${said}: ${id}, at revision ${revision}, seen ${seen} ago`));
    }
  };
  list('not acknowledged', missing);
  list('gone meanwhile', gone);
  return `${lines.join('\n')}\n`;
}
