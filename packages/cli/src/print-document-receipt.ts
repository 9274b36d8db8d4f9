import type { DocumentReceipt } from '@sluice/server/operations';
import { printable } from './printable.ts';
import { printJson, type Terminal } from './terminal.ts';

export function printDocumentReceipt(terminal: Terminal, receipt: DocumentReceipt, json: boolean | undefined): void {
  if (json) printJson(terminal, receipt);
  else terminal.stdout.write(`${printable(receipt.summary)}\nrevision ${printable(receipt.revision)}\n`);
  for (const note of receipt.notes) terminal.stderr.write(`${printable(note)}\n`);
}
