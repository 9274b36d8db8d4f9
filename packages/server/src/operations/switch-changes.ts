import type { Author, Document, SwitchTarget } from '@sluice/core';
import { type KillChange, OperationError } from './operations.ts';

/** A year, as the document's own `retryAfterSeconds`. */
const MAX_RETRY_AFTER_SECONDS = 31_536_000;

/** @throws {OperationError} for an author that an audit trail could do nothing with. */
export function checkAuthor({ by, why }: Author): void {
  if (by.trim() === '') throw new OperationError('Say by whom: "by" is empty.');
  if (why.trim() === '') throw new OperationError('Say why: "why" is empty, and the audit trail is read later.');
}

/** @throws {OperationError} for times that mean nothing. */
export function checkKill({ retryAfterSeconds, expiresAt }: KillChange, now: number): void {
  const seconds = retryAfterSeconds ?? 0;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_RETRY_AFTER_SECONDS) {
    throw new OperationError(
      `retryAfterSeconds has to be a whole number from 0 to ${MAX_RETRY_AFTER_SECONDS}, not ${seconds}.`,
    );
  }
  if (expiresAt === undefined) return;
  if (!Number.isSafeInteger(expiresAt)) {
    throw new OperationError(`expiresAt has to be whole milliseconds since the epoch, not ${expiresAt}.`);
  }
  if (expiresAt <= now) throw new OperationError(`expiresAt is past: ${new Date(expiresAt).toISOString()}.`);
}

/** Whether the document by itself lets the switch or the flag be on; `undefined` where it does not know it. */
export function declaredOn(document: Document, target: SwitchTarget): boolean | undefined {
  if (target.switch !== undefined) {
    const declared = ownMember(document.switches, target.switch);
    return declared && (declared.enabled ?? true);
  }
  const flag = ownMember(document.flags, target.flag);
  return flag && flag.killed !== true;
}

/** A name such as `constructor` finds nothing that its author did not write. */
export function ownMember<Value>(
  members: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
}

/** What a kill does not do, which somebody who is in a hurry might think it does. */
export function killNotes(document: Document, target: SwitchTarget): readonly string[] {
  if (target.flag !== undefined) {
    const flag = ownMember(document.flags, target.flag);
    if (flag?.enabled === false)
      return [`${target.flag} is not enabled, which comes before the kill; nothing changes.`];
    return flag?.control === null ? [`The control of ${target.flag} is the caller's own default.`] : [];
  }
  const required = Object.values(document.flags ?? {}).some(
    ({ requires }) => requires?.includes(target.switch) === true,
  );
  return required ? [] : [`No flag requires ${target.switch}: it stops only code that asks for it by name.`];
}
