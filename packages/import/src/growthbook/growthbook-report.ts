import type { Noting } from '../noting.ts';

/** What is carried. */
export const constructs = [
  'feature',
  'default value',
  'default value null',
  'force',
  'force null',
  'force coverage',
  'force range',
  'experiment',
  'experiment weights',
  'experiment coverage',
  'experiment ranges',
  'variation null',
  'namespace',
  'filters',
  'meta key',
  'meta passthrough',
  'seed',
  'hashAttribute',
  'hashVersion 1',
  'hashVersion 2',
  'hashVersion unknown',
  'fewer than 2 variations',
  'rule without a value',
  'contextual bandit',
  'prerequisite',
  'prerequisite gate',
  'saved group list',
  'saved group condition',
  'nested attribute',
  'equals text',
  'equals number',
  'equals boolean',
  'equals null',
  'equals list',
  '$and',
  '$or',
  '$nor',
  '$not',
  '$savedGroup',
  '$eq',
  '$ne',
  '$lt',
  '$lte',
  '$gt',
  '$gte',
  '$veq',
  '$vne',
  '$vlt',
  '$vlte',
  '$vgt',
  '$vgte',
  '$exists',
  '$type',
  '$in',
  '$nin',
  '$ini',
  '$nini',
  '$inGroup',
  '$notInGroup',
  '$size',
  '$elemMatch',
  '$all',
  '$alli',
  '$regex',
  '$regexi',
] as const;

/** What is noted. */
export const codes = {
  /** An attribute whose own name holds a dot is read in place of a nested one. */
  'dotted-name': 'caveat',
  /** GrowthBook finds `null` among the members of a list. */
  'null-in-list': 'caveat',
  /** Versions that are not written as three numbers. */
  'loose-version': 'caveat',
  /** JavaScript and RE2 may read the pattern differently. */
  pattern: 'caveat',
  /** A `Date` among the attributes. */
  date: 'caveat',
  /** Applications that keep sticky buckets. */
  'sticky-bucket': 'caveat',
  /** An operator that the SDK does not know, and so never matches. */
  'unknown-operator': 'caveat',
  /** Not what GrowthBook's API sends. */
  malformed: 'lost',
  encrypted: 'lost',
  /** Visual editor and URL redirect experiments, which only browsers run. */
  'auto-experiment': 'lost',
  'mixed-types': 'lost',
  'prerequisite-cycle': 'lost',
  /** A prerequisite that can only be decided by what the parent's caller has as default. */
  'prerequisite-null': 'lost',
  /** A gate behind another prerequisite of the same rule. */
  'gate-order': 'lost',
  /** A prerequisite, saved group or contextual bandit that was not carried itself. */
  'reference-lost': 'lost',
  'saved-group-cycle': 'lost',
  'attribute-name': 'lost',
  /** Equal to an object, key by key. */
  'equals-object': 'lost',
  /** A test of a list's members for which there are no words. */
  'member-test': 'lost',
  version: 'lost',
  'pattern-unreadable': 'lost',
  'nested-too-deep': 'lost',
  /** What the document itself refuses. */
  refused: 'lost',
} as const;

export type Construct = (typeof constructs)[number];
export type Code = keyof typeof codes;
export type GrowthbookNoting = Noting<Construct, Code>;
