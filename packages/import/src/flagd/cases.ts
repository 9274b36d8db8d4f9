import type { JsonValue, Path } from '@sluice/core';
import { allOf, anyOf, type Decision } from '../condition-algebra.ts';
import type { Code } from './flagd-report.ts';

/** What an expression can come to. */
export type Term =
  | { readonly kind: 'value'; readonly value: JsonValue }
  /** What an attribute holds, or null where it is missing. */
  | { readonly kind: 'attribute'; readonly name: string }
  /** Seconds since the epoch, whole. */
  | { readonly kind: 'time' }
  /** A literal, and after it what an attribute holds; `missing` stands for one that is missing. */
  | { readonly kind: 'text'; readonly prefix: string; readonly attribute: string; readonly missing: string }
  | FractionalTerm
  /** flagd fails, and the application gets its own default. */
  | FailureTerm
  /** Nothing that a document could say. */
  | LostTerm;

export interface FailureTerm {
  readonly kind: 'failure';
  /** Why flagd cannot even read the targeting, where it cannot. */
  readonly unread?: string;
}

export interface FractionalTerm {
  readonly kind: 'fractional';
  readonly salt: string;
  readonly attribute: string;
  readonly parts: readonly FractionalPart[];
}

export interface FractionalPart {
  /** What a unit in this part gets, as a targeting's result. */
  readonly value: JsonValue;
  readonly weight: number;
}

interface LostTerm {
  readonly kind: 'lost';
  readonly code: Code;
  readonly path: Path;
  readonly message: string;
}

export interface Case {
  readonly when: Decision;
  readonly gives: Term;
}

/** The first case that holds is what an expression comes to; the last one always holds. */
export type Cases = readonly Case[];

export const failure: Term = { kind: 'failure' };

export function always(term: Term): Cases {
  return [{ when: true, gives: term }];
}

export function constant(value: JsonValue): Cases {
  return always({ kind: 'value', value });
}

export function lost(code: Code, path: Path, message: string): Cases {
  return always({ kind: 'lost', code, path, message });
}

/** One or the other. */
export function choose(when: Decision, yes: Cases, no: Cases): Cases {
  return inOrder([...within(when, yes), ...no]);
}

/** What becomes of each thing that an expression can come to. */
export function bind(cases: Cases, next: (term: Term) => Cases): Cases {
  return inOrder(
    cases.flatMap(({ when, gives }) => {
      const passes = gives.kind === 'failure' || gives.kind === 'lost';
      return within(when, passes ? always(gives) : next(gives));
    }),
  );
}

function within(when: Decision, cases: Cases): Cases {
  return cases.map((each) => ({ when: allOf([when, each.when]), gives: each.gives }));
}

/** More make rules that nobody reads; and an expression of a few lines can have millions. */
const MAX_CASES = 200;

/** Without those that cannot hold. Neighbours that come to the same are one, but for names, which are rules of their own. */
function inOrder(cases: Cases): Cases {
  const kept: Case[] = [];
  for (const each of cases) {
    if (each.when === false) continue;
    const last = kept.at(-1);
    const isName = each.gives.kind === 'value' && typeof each.gives.value === 'string' && each.when !== true;
    if (last !== undefined && !isName && same(last.gives, each.gives)) {
      kept[kept.length - 1] = { when: anyOf([last.when, each.when]), gives: last.gives };
    } else kept.push(each);
    if (kept.at(-1)?.when === true) break;
    if (kept.length === MAX_CASES) return [...kept, ...lost('size', [], `has more than ${MAX_CASES} cases`)];
  }
  return kept;
}

function same(left: Term, right: Term): boolean {
  return left === right || (left.kind === right.kind && JSON.stringify(left) === JSON.stringify(right));
}
