import type { Follower } from '@sluice/core';
import type { Command } from 'commander';
import { formatDuration } from './duration.ts';
import { exitCodes, Failure } from './failure.ts';
import { addPlaceOptions, type PlaceOptions } from './operator-options.ts';
import { formatTable } from './table.ts';
import { atTarget } from './target/target.ts';
import { printJson, type Terminal } from './terminal.ts';

export function addFollowers(program: Command, terminal: Terminal): void {
  const command = program
    .command('followers')
    .description('list the processes that follow the switches, and how far each has come');
  addPlaceOptions(command).action(async (options: PlaceOptions) => {
    const { name, followers } = await atTarget(options, async (operations) => ({
      name: operations.name,
      followers: await operations.followers(),
    }));
    if (followers === undefined) throw new Failure(exitCodes.refused, `${name} is not told who follows it.`);
    if (options.json) printJson(terminal, followers);
    else if (followers.length === 0) terminal.stderr.write('No process follows.\n');
    else terminal.stdout.write(`${formatFollowers(followers)}\n`);
  });
}

function formatFollowers(followers: readonly Follower[]): string {
  const now = Date.now();
  const rows = followers.map(({ id, revision, at }) => [id, String(revision), `${ago(now, at)} ago`]);
  return formatTable([['process', 'revision', 'seen'], ...rows], [1]);
}

/** The store's clock may be ahead of this one. */
function ago(now: number, at: number): string {
  return formatDuration(Math.max(0, now - at));
}
