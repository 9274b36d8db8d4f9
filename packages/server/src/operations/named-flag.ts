import type { Document, Flag, JsonValue, Rule } from '@sluice/core';
import { instead } from './near-names.ts';
import { OperationError } from './operations.ts';
import { ownMember } from './switch-changes.ts';

/** @throws {OperationError} for a flag that is not there. */
export function flagOf(document: Document, key: string): Flag {
  const flag = ownMember(document.flags, key);
  if (flag !== undefined) return flag;
  throw new OperationError(
    `${key} is not a flag${instead(key, Object.keys(document.flags ?? {}), 'flags')}`,
    'unknown',
  );
}

export interface FoundRule {
  readonly rule: Rule;
  readonly index: number;
}

/** @throws {OperationError} for a rule that is not there. */
export function ruleOf(key: string, { rules = [] }: Flag, name: string): FoundRule {
  const index = rules.findIndex((rule, place) => ruleName(rule, place) === name);
  const rule = rules[index];
  if (rule !== undefined) return { rule, index };
  throw new OperationError(`${name} is not a rule of ${key}${instead(name, rules.map(ruleName), 'rules')}`, 'unknown');
}

/** As in stages and reports: a rule without a name goes by its place. */
export function ruleName(rule: Rule, index: number): string {
  return rule.name ?? `rule-${index + 1}`;
}

/** @throws {OperationError} for a variant that is not there. */
export function requireVariant(key: string, flag: Flag, variant: string): void {
  const variants = variantsOf(flag);
  if (Object.hasOwn(variants, variant)) return;
  const known = instead(variant, Object.keys(variants), 'variants');
  throw new OperationError(`${variant} is not a variant of ${key}${known}`, 'unknown');
}

/** A flag without variants is a boolean one, and off is its control. */
export function variantsOf({ variants = { on: true, off: false } }: Flag): Readonly<Record<string, JsonValue>> {
  return variants;
}

/** `null`: the caller's own default. */
export function controlOf({ control = 'off' }: Flag): string | null {
  return control;
}
