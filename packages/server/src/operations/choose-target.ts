import { type Document, parseDocument, type SwitchStates, type SwitchTarget } from '@sluice/core';
import { instead } from './near-names.ts';
import { OperationError } from './operations.ts';

/** What is known of names at the moment of a change; either may be out of reach. */
export interface Names {
  readonly document: Document | undefined;
  readonly states: Pick<SwitchStates, 'switches' | 'flags'> | undefined;
}

interface Choice {
  readonly kind?: 'switch' | 'flag';
  readonly undeclared?: boolean;
}

/**
 * Whether a name is a switch's or a flag's. Without a document everything is taken for a switch unless the caller says
 * otherwise, because nothing could tell.
 *
 * @throws {OperationError} for a name of both or of neither.
 */
export function chooseTarget(name: string, { kind, undeclared = false }: Choice, names: Names): SwitchTarget {
  refuseBadName(name);
  if (names.document === undefined) return kind === 'flag' ? { flag: name } : { switch: name };
  const declared = declaredNames(names.document);
  const switched = { switches: names.states?.switches ?? new Map(), flags: names.states?.flags ?? new Map() };
  // What the document declares, a stray state of the other kind does not make doubtful.
  for (const { switches, flags } of [declared, switched]) {
    const isSwitch = kind !== 'flag' && switches.has(name);
    const isFlag = kind !== 'switch' && flags.has(name);
    if (isSwitch && isFlag) {
      throw new OperationError(`${name} is a switch and a flag; say which of the two is meant (kind: switch or flag).`);
    }
    if (isFlag) return { flag: name };
    if (isSwitch) return { switch: name };
  }
  if (undeclared && kind !== 'flag') return { switch: name };
  throw unknownName(name, kind, {
    switches: [...declared.switches, ...switched.switches.keys()],
    flags: [...declared.flags, ...switched.flags.keys()],
  });
}

/** What was switched apart from the document says which of the two is to be restored; else as `chooseTarget`. */
export function chooseRestored(name: string, choice: Choice, names: Names): SwitchTarget {
  const { kind } = choice;
  const isSwitched = kind !== 'flag' && names.states?.switches.has(name) === true;
  const isKilled = kind !== 'switch' && names.states?.flags.has(name) === true;
  if (isSwitched && !isKilled) return { switch: name };
  if (isKilled && !isSwitched) return { flag: name };
  return chooseTarget(name, choice, names);
}

function declaredNames({ switches = {}, flags = {} }: Document): Record<'switches' | 'flags', ReadonlySet<string>> {
  return { switches: new Set(Object.keys(switches)), flags: new Set(Object.keys(flags)) };
}

function unknownName(
  name: string,
  kind: Choice['kind'],
  { switches, flags }: Record<'switches' | 'flags', readonly string[]>,
): OperationError {
  if (kind === 'flag') return new OperationError(`${name} is not a flag${instead(name, flags, 'flags')}`, 'unknown');
  const names = kind === 'switch' ? switches : [...switches, ...flags];
  const what = kind === 'switch' ? 'a switch' : 'a switch or a flag';
  const known = instead(name, names, kind === 'switch' ? 'switches' : 'switches and flags');
  return new OperationError(
    `${name} is not ${what}${known} A switch that no document declares is taken with undeclared (--undeclared).`,
    'unknown',
  );
}

/** What a document could not declare, no store is to hold. */
function refuseBadName(name: string): void {
  const [problem] = parseDocument({ sluice: 1, switches: { [name]: {} } }).problems;
  if (problem !== undefined) throw new OperationError(`${JSON.stringify(name)} is no name: ${problem.message}.`);
}
