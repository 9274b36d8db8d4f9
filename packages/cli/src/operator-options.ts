import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Which place a command is for; every command that operates takes these. */
export interface PlaceOptions {
  readonly target?: string;
  readonly token?: string;
  readonly switches?: string;
  readonly prefix: string;
  readonly json?: boolean;
}

/** Of a command that changes something: nobody changes anything without a reason that others can read. */
export interface ChangeOptions extends PlaceOptions {
  readonly by: string;
  readonly why: string;
}

export function addPlaceOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--target <place>',
        'a file, redis://…, rediss://…, redis+cluster://host:port,… or http(s)://… of a server',
      ).env('SLUICE_TARGET'),
    )
    .addOption(
      new Option('--token <secret>', 'for a server; a list of processes shows it, the variable not').env(
        'SLUICE_TOKEN',
      ),
    )
    .option('--switches <file>', 'for a file: where switch states are kept apart from the document')
    .option('--prefix <name>', 'for Redis: what its keys begin with', 'sluice')
    .option('--json', 'print the result as JSON');
}

export function addChangeOptions(command: Command): Command {
  return addPlaceOptions(command)
    .requiredOption('--why <text>', 'the reason, for the audit trail', parseWhy)
    .option('--by <who>', 'who does it, for the audit trail', whoAmI());
}

function parseWhy(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It has to say why, for those who read the audit trail.');
  return text.trim();
}

/** A container may run as a user without a name. */
function whoAmI(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}
