import type { OutputUnit } from '@cfworker/json-schema';
import type { Path } from '../document/problem.ts';
import { describe } from '../document/review.ts';
import { isObject } from '../json.ts';
import type { CheckedSchema } from './check-schema.ts';

/** What does not fit, and what would. */
export function misfitMessage(error: OutputUnit, value: unknown, checked: CheckedSchema): string {
  const wanted = valueAt(error.keywordLocation, checked);
  const given = describe(value);
  switch (error.keyword) {
    case 'type': {
      const types = Array.isArray(wanted) ? wanted : [wanted];
      return `has to be of type ${types.join(' or ')}, not ${given}${unquoted(value, types)}`;
    }
    case 'required':
      return `needs ${missingOf(wanted, value)}, which the flag's schema requires`;
    case 'enum':
      return `has to be one of ${shown(wanted, true)}, not ${given}`;
    case 'const':
      return `has to be ${shown(wanted)}, not ${given}`;
    case 'minimum':
      return `has to be at least ${wanted}, not ${given}`;
    case 'maximum':
      return `has to be at most ${wanted}, not ${given}`;
    case 'exclusiveMinimum':
      return `has to be above ${wanted}, not ${given}`;
    case 'exclusiveMaximum':
      return `has to be below ${wanted}, not ${given}`;
    case 'multipleOf':
      return `has to be a multiple of ${wanted}, not ${given}`;
    case 'minLength':
      return `has to have at least ${wanted} characters, and is ${given}`;
    case 'maxLength':
      return `has to have at most ${wanted} characters, and is ${given}`;
    case 'pattern':
      return `has to match ${shown(wanted)}, and is ${given}`;
    case 'format':
      return `has to be written as ${shown(wanted)}, and is ${given}`;
    case 'false':
      return "is not allowed by the flag's schema; take it out, or allow it there";
    case 'anyOf':
      return `is ${given} and fits none of the ${(wanted as readonly unknown[]).length} schemas under anyOf; make it fit one`;
    default:
      return `does not fit the flag's schema at ${error.keywordLocation}: ${error.error}`;
  }
}

function unquoted(value: unknown, types: readonly unknown[]): string {
  const asNumber = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  if (asNumber && (types.includes('number') || types.includes('integer'))) {
    return `; write ${Number(value)} without quotes`;
  }
  if ((value === 'true' || value === 'false') && types.includes('boolean')) return `; write ${value} without quotes`;
  return '';
}

function missingOf(required: unknown, value: unknown): string {
  const names = Array.isArray(required) ? required : [];
  return names
    .filter((name) => !isObject(value) || !Object.hasOwn(value, name))
    .map(describe)
    .join(' and ');
}

function shown(value: unknown, list = false): string {
  const printed =
    list && Array.isArray(value) ? value.map((each) => JSON.stringify(each)).join(', ') : JSON.stringify(value);
  return printed.length > 120 ? `${printed.slice(0, 117)}…` : printed;
}

/** The part of a payload that a location such as `#/messages/0/role` names. */
export function partOf(payload: unknown, location: string): { readonly path: Path; readonly value: unknown } {
  const path: (string | number)[] = [];
  let value = payload;
  for (const step of steps(location)) {
    path.push(Array.isArray(value) ? Number(step) : step);
    value = childOf(value, step);
  }
  return { path, value };
}

/** The value of the keyword that was not fulfilled; on the way to it, references are followed as they were. */
function valueAt(location: string, { schema, follow }: CheckedSchema): unknown {
  let value: unknown = schema;
  for (const step of steps(location)) {
    const next = childOf(value, step);
    value = step === '$ref' && typeof next === 'string' ? follow(next) : next;
  }
  return value;
}

function steps(location: string): readonly string[] {
  return location
    .split('/')
    .slice(1)
    .map((step) => decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~'));
}

function childOf(value: unknown, step: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string, unknown>)[step]
    : undefined;
}
