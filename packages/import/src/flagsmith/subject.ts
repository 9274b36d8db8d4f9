import { isInherited } from '../reserved-names.ts';
import type { Environment } from './environment.ts';

/** What a condition is about. */
export type Subject =
  | { readonly kind: 'trait'; readonly name: string }
  | { readonly kind: 'identifier' }
  /** The environment's key and the identifier. */
  | { readonly kind: 'identity key' }
  /** The same for everybody. */
  | { readonly kind: 'constant'; readonly value: string }
  /** A path into the SDK's own objects, of which Sluice has no counterpart. */
  | { readonly kind: 'unknown path' };

const IN_TRAITS = /^\$\.identity\.traits(?:\.(?<name>.+)|\['(?<quoted>.+)'\])$/;

export function subjectOf(property: string, environment: Environment): Subject {
  if (!property.startsWith('$.')) return { kind: 'trait', name: property };
  const groups = IN_TRAITS.exec(property)?.groups;
  const name = groups?.['name'] ?? groups?.['quoted'];
  if (name !== undefined) return { kind: 'trait', name };
  if (property === '$.identity.identifier') return { kind: 'identifier' };
  if (property === '$.identity.key') return { kind: 'identity key' };
  if (property === '$.environment.key') return { kind: 'constant', value: environment.apiKey };
  if (property === '$.environment.name' && environment.name !== undefined) {
    return { kind: 'constant', value: environment.name };
  }
  return { kind: 'unknown path' };
}

/** Whether a context that has the trait, and no other, is read as the SDK reads it. */
export function isReadAlike(trait: string): boolean {
  return !trait.includes('.') && !isInherited(trait);
}
