import type { Condition } from '@sluice/core';
import { anyOf, type Decision, together } from '../condition-algebra.ts';
import type { Clause, Definitions } from './definitions.ts';

/** How conditions are written that are about one kind of context. */
export interface Kinds {
  /** Whether the definitions know of users alone, so that conditions need not ask for the kind. */
  readonly usersOnly: boolean;
  /**
   * The forms in which a context of this kind may come: by itself, with its attributes at the top, or as a part of a multi-kind
   * context, below its kind's name. None for what is no kind; `undefined` for a kind that a document cannot name.
   */
  forms(kind: string | undefined): readonly ContextForm[] | undefined;
}

export interface ContextForm {
  readonly when: Decision;
  readonly nested: boolean;
  /** What stands before the name of an attribute. */
  readonly prefix: string;
}

const USER = 'user';

export function kindsOf(definitions: Definitions): Kinds {
  const usersOnly = [...mentioned(definitions)].every((kind) => kind === USER);
  return {
    usersOnly,
    forms(kind = USER) {
      if (usersOnly) return [{ when: true, nested: false, prefix: '' }];
      if (!isKind(kind)) return [];
      if (kind.includes('.')) return undefined;
      const multi = { when: { kind: 'multi' }, nested: true, prefix: `${kind}.` };
      return kind === 'multi' ? [multi] : [{ when: alone(kind), nested: false, prefix: '' }, multi];
    },
  };
}

/** A context of no kind, or of a kind that is no string, is a user. */
function alone(kind: string): Condition {
  return kind === USER ? { none: [{ kind: { type: 'string', not: USER } }] } : { kind };
}

/** As LaunchDarkly checks a kind; a context of any other is refused as a whole. */
function isKind(kind: string): boolean {
  return /^[\w.-]+$/.test(kind) && kind !== 'kind';
}

/** That a test holds of a context of this kind, whichever form it has. */
export function ofKind(forms: readonly ContextForm[], test: (form: ContextForm) => Decision): Decision {
  return anyOf(forms.map((form) => together([form.when, test(form)])));
}

function* mentioned({ flags, segments }: Definitions): Iterable<string> {
  for (const { rules, fallthrough, contextTargets, targets } of flags.values()) {
    for (const { contextKind } of [...targets, ...contextTargets]) yield contextKind || USER;
    for (const { clauses = [] } of rules) {
      for (const clause of clauses) yield asked(clause);
    }
    for (const serving of [...rules, ...(fallthrough === undefined ? [] : [fallthrough])]) {
      yield serving.rollout?.contextKind ?? USER;
    }
  }
  for (const { rules, includedContexts, excludedContexts } of segments.values()) {
    for (const { contextKind } of [...includedContexts, ...excludedContexts]) yield contextKind ?? USER;
    for (const { clauses = [], rolloutContextKind } of rules) {
      yield rolloutContextKind ?? USER;
      for (const clause of clauses) yield asked(clause);
    }
  }
}

function asked({ attribute, contextKind = USER }: Clause): string {
  return attribute === 'kind' || attribute === '/kind' ? 'kind' : contextKind;
}
