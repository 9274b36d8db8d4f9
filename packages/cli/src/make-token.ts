import { createHash, randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { printable } from './printable.ts';
import { roles } from './serve/tokens-file.ts';
import { printJson, type Terminal } from './terminal.ts';

export function addToken(program: Command, terminal: Terminal): void {
  program
    .command('token')
    .description('make a secret: it is shown once, on stderr; its line for the file of tokens goes to stdout')
    .argument('<name>', 'what a person calls it, for the audit trail', parseName)
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--json', 'print { secret, token } as JSON')
    .action((name: string, { role, json }: { role: string; json?: boolean }) => {
      const secret = `sluice_${randomBytes(32).toString('base64url')}`;
      const token = { name, role, sha256: createHash('sha256').update(secret).digest('hex') };
      if (json) printJson(terminal, { secret, token });
      else {
        terminal.stderr.write(`${secret}\nThat is the secret of ${name}; nobody can show it again.\n`);
        terminal.stdout.write(`${JSON.stringify(token)}\n`);
      }
    });
}

function parseName(text: string): string {
  if (text.trim() === '' || printable(text) !== text) throw new InvalidArgumentError('It has to be a readable name.');
  return text;
}
