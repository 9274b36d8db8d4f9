import { ConflictError, DocumentError } from '@sluice/core';
import { OperationError } from '@sluice/server/operations';
import { exitCodes, Failure } from '../failure.ts';
import { printableLines } from '../printable.ts';
import { formatConflict } from './format-conflict.ts';

/** What a place said against an operation, as the end of the command. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { message } = error instanceof Error ? error : new Error(String(error));
  const said = printableLines(message);
  if (error instanceof ConflictError) {
    return new Failure(exitCodes.refused, `${said}\n${formatConflict(error)}`, { cause: error });
  }
  const refused = error instanceof OperationError || error instanceof DocumentError;
  return new Failure(refused ? exitCodes.refused : exitCodes.unreadable, said, { cause: error });
}
