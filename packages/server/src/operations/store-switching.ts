import type { SwitchState, SwitchStates, SwitchStore } from '@sluice/core';
import { chooseRestored, chooseTarget } from './choose-target.ts';
import type { KnownDocument } from './known-document.ts';
import type { KillChange, RestoreChange, SwitchReceipt } from './operations.ts';
import { checkKill, declaredOn, killNotes } from './switch-changes.ts';

/** Switches in a store: the document is only asked what a name is, and a kill works without its answer. */
export async function killInStore(
  store: SwitchStore,
  look: Promise<KnownDocument | string>,
  name: string,
  change: KillChange,
): Promise<SwitchReceipt> {
  const since = Date.now();
  checkKill(change, since);
  const [known, states] = await Promise.all([look, statesOf(store)]);
  const document = typeof known === 'string' ? undefined : known.document;
  const target = chooseTarget(name, change, { document, states });
  const { by, why, retryAfterSeconds, expiresAt } = change;
  const state: SwitchState = {
    on: false,
    since,
    by,
    why,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  const revision = await store.set(target, state);
  const notes =
    document === undefined ? [unchecked(name, known, target.flag !== undefined)] : killNotes(document, target);
  return { target, on: false, revision, notes };
}

/**
 * A restore takes back what was set. Where the document by itself says off, that would restore nothing, so `on` is set
 * and beats the document until the next restore.
 */
export async function restoreInStore(
  store: SwitchStore,
  look: Promise<KnownDocument | string>,
  name: string,
  { by, why, ...choice }: RestoreChange,
): Promise<SwitchReceipt> {
  const [known, states] = await Promise.all([look, statesOf(store)]);
  const document = typeof known === 'string' ? undefined : known.document;
  const target = chooseRestored(name, choice, { document, states });
  const declared = document && declaredOn(document, target);
  if (declared === false) {
    const revision = await store.set(target, { on: true, since: Date.now(), by, why });
    return { target, on: true, revision, notes: [beatsDocument(target)] };
  }
  const state = target.switch === undefined ? states?.flags.get(name) : states?.switches.get(name);
  if (states !== undefined && state === undefined && declared === true) {
    return { target, on: true, revision: states.revision, notes: [`${name} is on already; nothing was changed.`] };
  }
  const revision = await store.clear(target, { by, why });
  if (document === undefined) {
    const note = `${sentence(known)} It could not be checked that the document lets ${name} be on.`;
    return { target, on: true, revision, notes: [note] };
  }
  const notes = state?.on === true ? [`The document says on again, so what beat it was taken away: it decides.`] : [];
  return { target, on: true, revision, notes };
}

/** A store that has lost what it knew cannot be read, and a write is what mends it: so nothing here depends on reading. */
async function statesOf(store: SwitchStore): Promise<SwitchStates | undefined> {
  try {
    return await store.read();
  } catch {
    return undefined;
  }
}

function unchecked(name: string, known: KnownDocument | string, isFlag: boolean): string {
  return `${sentence(known)} It could not be checked that ${name} is a ${isFlag ? 'flag' : 'switch'}, so it was taken for one.`;
}

function sentence(known: KnownDocument | string): string {
  return typeof known === 'string' ? known : '';
}

function beatsDocument(target: { readonly switch?: string; readonly flag?: string }): string {
  const [member, mend] =
    target.switch === undefined
      ? [`flags.${target.flag}.killed is true`, `take "killed" out`]
      : [`switches.${target.switch}.enabled is false`, 'set it to true'];
  return `The document itself says off (${member}); this restore beats it. To let the document decide again, ${mend} there, then restore once more.`;
}
