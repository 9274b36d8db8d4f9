import { run } from '../src/run.ts';
import type { Output } from '../src/terminal.ts';

export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CapturedOptions {
  /** What arrives on standard input. */
  readonly stdin?: string;
  /** Whether a person watches. */
  readonly watched?: boolean;
}

/** Runs a command line in this process and keeps what it wrote. */
export async function sluice(commandLine: readonly string[], options: CapturedOptions = {}): Promise<Captured> {
  const stdout = capture(options.watched ?? false);
  const stderr = capture(options.watched ?? false);
  const stdin = (async function* () {
    yield options.stdin ?? '';
  })();
  const exitCode = await run(commandLine, { stdout, stderr, stdin });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function capture(isTTY: boolean): Output & { text(): string } {
  let written = '';
  return {
    isTTY,
    columns: 100,
    write(text: string) {
      written += text;
      return true;
    },
    text: () => written,
    // What a progress bar asks of a terminal.
    ...({ on() {}, removeListener() {}, cursorTo() {}, clearLine() {}, moveCursor() {} } as object),
  };
}
