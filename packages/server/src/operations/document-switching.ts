import type { Document, EditableSource, SwitchTarget } from '@sluice/core';
import { chooseTarget } from './choose-target.ts';
import type { DocumentChange } from './document-change.ts';
import { editAgain } from './edit-document.ts';
import { type KillChange, OperationError, type RestoreChange, type SwitchReceipt } from './operations.ts';
import { checkKill, declaredOn, killNotes, ownMember } from './switch-changes.ts';

/** A kill where there is nothing but the document to say it. */
export async function killInDocument(source: EditableSource, name: string, change: KillChange): Promise<SwitchReceipt> {
  checkKill(change, Date.now());
  const { made, receipt } = await editAgain(source, change, (document) => {
    const target = chooseTarget(name, change, { document, states: undefined });
    return { target, ...killEdit(document, target, change) };
  });
  return { target: made.target, on: false, notes: receipt.notes };
}

export async function restoreInDocument(
  source: EditableSource,
  name: string,
  change: RestoreChange,
): Promise<SwitchReceipt> {
  const { made, receipt } = await editAgain(source, change, (document) => {
    const target = chooseTarget(name, change, { document, states: undefined });
    return { target, ...restoreEdit(document, target) };
  });
  return { target: made.target, on: true, notes: receipt.notes };
}

function killEdit(document: Document, target: SwitchTarget, change: KillChange): DocumentChange {
  const { retryAfterSeconds, expiresAt } = change;
  if (expiresAt !== undefined) {
    throw new OperationError(
      'A document cannot take a kill back by itself, so it cannot expire; leave that out, or keep switches in a store.',
    );
  }
  if (target.flag !== undefined) {
    if (retryAfterSeconds !== undefined) {
      throw new OperationError('A document keeps no retryAfterSeconds for a flag; leave it out, or kill a switch.');
    }
    const killed = declaredOn(document, target) === false;
    const edits = killed ? [] : [{ path: ['flags', target.flag, 'killed'], value: true }];
    return { edits, summary: `${target.flag}: killed`, notes: notesOf(document, target, killed) };
  }
  const declared = ownMember(document.switches, target.switch);
  const off = declared?.enabled === false;
  const later = retryAfterSeconds !== undefined && retryAfterSeconds !== declared?.retryAfterSeconds;
  const path = ['switches', target.switch];
  const edits = [
    ...(off ? [] : [{ path: [...path, 'enabled'], value: false }]),
    ...(later ? [{ path: [...path, 'retryAfterSeconds'], value: retryAfterSeconds }] : []),
  ];
  const notes = notesOf(document, target, edits.length === 0);
  const undeclared = declared === undefined ? [`The document did not declare ${target.switch}; it does now.`] : [];
  return { edits, summary: `${target.switch}: off`, notes: [...undeclared, ...notes] };
}

function notesOf(document: Document, target: SwitchTarget, already: boolean): readonly string[] {
  if (already) return [`The document says off already; nothing was changed.`];
  return killNotes(document, target);
}

/** `enabled` stays written out, and a comment beside it too; `killed` goes, as a flag that is not killed has no need of it. */
function restoreEdit(document: Document, target: SwitchTarget): DocumentChange {
  const on = declaredOn(document, target) !== false;
  const notes = on ? ['The document says on already; nothing was changed.'] : [];
  if (target.flag !== undefined) {
    const edits = on ? [] : [{ path: ['flags', target.flag, 'killed'], value: undefined }];
    return { edits, summary: `${target.flag}: restored`, notes };
  }
  const edits = on ? [] : [{ path: ['switches', target.switch, 'enabled'], value: true }];
  return { edits, summary: `${target.switch}: on`, notes };
}
