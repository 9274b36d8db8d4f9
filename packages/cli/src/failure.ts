/** What the exit code of a command says. */
export const exitCodes = {
  done: 0,
  /** The question was understood and the answer is no: an invalid document, an unknown name, a conflict of two edits. */
  refused: 1,
  /** The command line could not be understood. */
  usage: 2,
  /** A file, a store or a server could not be read, written or reached. */
  unreadable: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a message for the person who called it; any other error is a bug and shows its stack. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
