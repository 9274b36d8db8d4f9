import type { Decision } from '../condition-algebra.ts';
import type { Kinds } from './context-kind.ts';
import type { Definitions } from './definitions.ts';
import type { Code, LaunchdarklyNoting } from './launchdarkly-report.ts';

/** What the parts of one import share. */
export interface Conversion {
  readonly definitions: Definitions;
  readonly kinds: Kinds;
  readonly notes: LaunchdarklyNoting;
  /** Segments that could be carried, in which each may name those before it. */
  readonly segments: Map<string, Decision>;
  /** Caveats about contexts as such, told once for the whole document. */
  readonly everywhere: Set<Code>;
}
