import { type Hash, xxh32 } from '../bucketing/hash.ts';
import { compileCondition, type Matcher, type SegmentMatcher } from '../conditions/match.ts';
import type { Condition } from '../document/condition.ts';
import type { Document, Switch } from '../document/document.ts';
import type { Flag } from '../document/flag.ts';
import { parentsOf } from '../document/parents.ts';
import { segmentsBehind } from '../document/segments.ts';
import type { Surroundings } from './compile-flag.ts';
import type { FlagMetadata } from './evaluation.ts';
import { fingerprint } from './fingerprint.ts';
import { FlagTable } from './flag-table.ts';
import { setMetadata } from './metadata.ts';

/** A document made ready to be evaluated. */
export interface CompiledFlags {
  readonly flagSetId: string | undefined;
  readonly version: string;
  readonly flags: FlagTable;
  readonly switches: ReadonlyMap<string, CompiledSwitch>;
  /** Flags that the document itself kills, where it kills any: hardly one does, so no flag is marked and no empty set is asked. */
  readonly killed: ReadonlySet<string> | undefined;
  /** Flags and switches that clients may ask for. */
  readonly clientKeys: ReadonlySet<string>;
  readonly hash: Hash;
}

export interface CompiledSwitch {
  readonly enabled: boolean;
  readonly retryAfterSeconds: number;
  readonly metadata: FlagMetadata;
}

export interface CompileOptions {
  /** @default `xxh32` in plain JavaScript */
  readonly hash?: Hash;
}

/**
 * Compiles a document that `parseDocument` accepted; of any other it promises nothing. The document is given away: a flag
 * is compiled when it is first asked for, so a change to the document after this may or may not be seen.
 */
export function compileDocument(document: Document, options: CompileOptions = {}): CompiledFlags {
  const conditionOf = conditionsOf(document.segments ?? {});
  const versions = flagVersions(document, conditionOf);
  const clientKeys = new Set([...keysWhere(document.flags, forClients), ...keysWhere(document.switches, forClients)]);
  const shown = clientKeys.size === 0 ? undefined : [...clientKeys].sort();
  const version = document.version ?? fingerprint({ ...document, flags: versions, shown });
  const set = { flagSetId: document.flagSetId, version };
  const segment = segmentMatchers(conditionOf);
  const shared = { layers: document.layers ?? {}, holdouts: document.holdouts ?? {} };
  const flags = new FlagTable(document.flags ?? {}, versions, { set, conditionOf, segment, shared });
  const metadata = setMetadata(set);
  const switches = new Map<string, CompiledSwitch>();
  for (const [name, each] of Object.entries(document.switches ?? {})) switches.set(name, compileSwitch(each, metadata));
  const killedKeys = keysWhere(document.flags, (flag) => flag.killed === true);
  const killed = killedKeys.length === 0 ? undefined : new Set(killedKeys);
  const hash = options.hash ?? xxh32;
  return { flagSetId: document.flagSetId, version, flags, switches, killed, clientKeys, hash };
}

function keysWhere<Each>(members: Readonly<Record<string, Each>> = {}, holds: (each: Each) => boolean): string[] {
  return Object.keys(members).filter((key) => holds(members[key] as Each));
}

function forClients({ audience }: Flag | Switch): boolean {
  return audience === 'client';
}

/** A function of its own, so that what it keeps alive is the segments and not the whole document. */
function conditionsOf(segments: NonNullable<Document['segments']>): (segment: string) => Condition | undefined {
  return (segment) => segments[segment]?.when;
}

/**
 * A flag's version changes with all that can change its answers: itself, the segments behind its rules, its layer and
 * holdout, and the versions of the flags that it asks for.
 */
function flagVersions(
  { flags = {}, layers = {}, holdouts = {} }: Document,
  conditionOf: (segment: string) => Condition | undefined,
): Readonly<Record<string, string>> {
  const versions = new Map<string, string>();
  const versionOf = (key: string): string => {
    const known = versions.get(key);
    if (known !== undefined) return known;
    const flag = flags[key] ?? {};
    const behind = segmentsBehind(flag.rules?.map(({ when }) => when) ?? [], conditionOf);
    // Who may ask for a flag changes no answer of it.
    const parts: unknown[] = [flag.audience === undefined ? flag : { ...flag, audience: undefined }, behind];
    if (flag.layer !== undefined) parts.push(layers[flag.layer.name]);
    if (flag.holdout !== undefined) parts.push(holdouts[flag.holdout]);
    // By name, because the order in which they are asked changes no answer.
    parts.push(Object.fromEntries(parentsOf(flag).map((parent) => [parent, versionOf(parent)])));
    const version = fingerprint(parts);
    versions.set(key, version);
    return version;
  };
  for (const key of Object.keys(flags)) versionOf(key);
  return Object.fromEntries(versions);
}

function segmentMatchers(conditionOf: Surroundings['conditionOf']): SegmentMatcher {
  const compiled = new Map<string, Matcher>();
  const segment: SegmentMatcher = (name) => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const matcher = compileCondition(conditionOf(name) ?? {}, segment);
    compiled.set(name, matcher);
    return matcher;
  };
  return segment;
}

function compileSwitch(declared: Switch, metadata: FlagMetadata): CompiledSwitch {
  return { enabled: declared.enabled ?? true, retryAfterSeconds: declared.retryAfterSeconds ?? 300, metadata };
}
