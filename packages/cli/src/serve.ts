import { createServer, defaultPort } from '@sluice/server';
import { type Command, Option } from 'commander';
import { exitCodes, Failure } from './failure.ts';
import { printableLines } from './printable.ts';
import { openParts, type ServeOptions } from './serve/open-parts.ts';
import { parsePort } from './serve/port.ts';
import { untilStopped } from './serve/until-stopped.ts';
import { printJson, type Terminal } from './terminal.ts';

interface ListenOptions extends ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly json?: boolean;
}

export function addServe(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description('serve a document to every language (OFREP) and to httpSource, with switches, admin API and ingest')
    .argument('[file]', 'YAML or JSON document; left out, the one on Redis')
    .option('--host <address>', 'where to listen; beyond this machine only with --tokens', '127.0.0.1')
    .option('--port <n>', '0 takes a free one', parsePort, defaultPort)
    .addOption(
      new Option('--redis <url>', 'keeps switches, sticky assignments and, where no file is named, the document').env(
        'SLUICE_REDIS',
      ),
    )
    .option('--prefix <name>', 'for Redis: what its keys begin with', 'sluice')
    .addOption(new Option('--switches <file>', 'where switch states are kept without Redis').conflicts('redis'))
    .option('--store <directory>', 'takes in measurements and keeps them there, for report')
    .option('--tokens <file>', 'who is let in: lines that sluice token prints')
    .option('--cors <origin...>', 'web pages that may ask, such as https://app.acme.com')
    .option('--signing-key <file>', 'Ed25519 private key, PEM, that signs the document')
    .option('--metrics-open', 'answer /metrics without a token')
    .option('--json', 'print { url } as JSON')
    .action(async (file: string | undefined, options: ListenOptions) => {
      const tell = (message: string) => void terminal.stderr.write(`${printableLines(message)}\n`);
      const parts = await openParts(file, options, tell);
      try {
        const server = createServer(parts.options);
        try {
          const { url } = await server.listen({ host: options.host, port: options.port });
          if (options.json) printJson(terminal, { url });
          else terminal.stdout.write(`${url}\n`);
          tell(`${await untilStopped()}: closing`);
        } finally {
          await server.close();
        }
      } catch (error) {
        throw refusal(error as NodeJS.ErrnoException);
      } finally {
        await parts.close();
      }
    });
}

/** What has a code is the system's: a port that is taken, an address that is another machine's. */
function refusal(error: NodeJS.ErrnoException): Failure {
  const exitCode = error.code === undefined ? exitCodes.refused : exitCodes.unreadable;
  return new Failure(exitCode, printableLines(error.message), { cause: error });
}
