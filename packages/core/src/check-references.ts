import type { Condition, Document, Flag, Rollout } from './document.ts';
import type { Path } from './problem.ts';
import { notAmong, type Review } from './review.ts';
import { controlOf, valueTypeOf, variantsOf } from './variants.ts';

/** Checks what only the whole document can tell: that every name exists, that types agree, that nothing holds itself. */
export function checkReferences(document: Document, review: Review): void {
  const segments = Object.keys(document.segments ?? {});
  for (const [name, segment] of Object.entries(document.segments ?? {})) {
    checkCondition(segment.when, ['segments', name, 'when'], segments, review);
  }
  checkSegmentCycles(document, review);
  for (const [key, flag] of Object.entries(document.flags ?? {})) {
    checkFlag(flag, ['flags', key], document, segments, review);
    if (Object.hasOwn(document.switches ?? {}, key)) {
      review.refuseReference(['flags', key], 'has the name of a switch; both resolve by name, so rename one');
    }
  }
}

function checkFlag(flag: Flag, path: Path, document: Document, segments: readonly string[], review: Review): void {
  const variants = variantsOf(flag);
  const names = Object.keys(variants);
  if (flag.variants !== undefined && flag.control === undefined) {
    review.refuseReference(path, `needs "control": which of ${names.join(', ')} is the safe one?`);
  } else if (!Object.hasOwn(variants, controlOf(flag))) {
    review.refuseReference([...path, 'control'], notAmong(controlOf(flag), 'variant', names));
  }
  const type = valueTypeOf(variants[controlOf(flag)] ?? variants[names[0] ?? '']);
  for (const name of names) {
    if (valueTypeOf(variants[name]) === type) continue;
    review.refuseReference(
      [...path, 'variants', name],
      `is a ${valueTypeOf(variants[name])}, and other variants are of type ${type}; variants of one flag have one type`,
    );
  }
  for (const [index, name] of (flag.requires ?? []).entries()) {
    if (Object.hasOwn(document.switches ?? {}, name)) continue;
    review.refuseReference(
      [...path, 'requires', index],
      notAmong(name, 'switch', Object.keys(document.switches ?? {})),
    );
  }
  for (const [index, rule] of (flag.rules ?? []).entries()) {
    const at = [...path, 'rules', index];
    checkCondition(rule.when, [...at, 'when'], segments, review);
    checkServed(rule.serve, [...at, 'serve'], names, review);
    checkRollout(rule.rollout, [...at, 'rollout'], flag, names, review);
  }
  checkRuleNames(flag, path, review);
  checkRollout(flag.rollout, [...path, 'rollout'], flag, names, review);
  const ai = flag.kind !== undefined && flag.kind !== 'release';
  if (ai && (flag.requires ?? []).length === 0) {
    review.warn(path, `is of kind ${flag.kind} and requires no switch, so nothing can turn it off at once`);
  }
  if (flag.ramp !== undefined && flag.rollout === undefined) {
    review.warn([...path, 'ramp'], 'has no rollout to open, so it never runs');
  }
}

/** A rule's name is part of its stage, so two rules of one name would be measured as one. */
function checkRuleNames(flag: Flag, path: Path, review: Review): void {
  const seen = new Set<string>();
  for (const [index, { name }] of (flag.rules ?? []).entries()) {
    if (name === undefined) continue;
    if (seen.has(name)) review.refuseReference([...path, 'rules', index, 'name'], 'is the name of an earlier rule too');
    seen.add(name);
  }
}

function checkRollout(
  rollout: Rollout | undefined,
  path: Path,
  flag: Flag,
  names: readonly string[],
  review: Review,
): void {
  if (rollout === undefined) return;
  checkServed(rollout.serve, [...path, 'serve'], names, review);
  for (const name of Object.keys(rollout.split ?? {})) checkServed(name, [...path, 'split', name], names, review);
  if (rollout.serve === controlOf(flag)) {
    review.warn([...path, 'serve'], 'is control, which everybody else gets as well, so the rollout changes nothing');
  }
}

function checkServed(variant: string | undefined, path: Path, names: readonly string[], review: Review): void {
  if (variant !== undefined && !names.includes(variant))
    review.refuseReference(path, notAmong(variant, 'variant', names));
}

function checkCondition(condition: Condition, path: Path, segments: readonly string[], review: Review): void {
  for (const [name, at] of segmentsIn(condition, path)) {
    if (!segments.includes(name)) review.refuseReference(at, notAmong(name, 'segment', segments));
  }
}

function* segmentsIn(condition: Condition, path: Path): Generator<readonly [string, Path]> {
  const { inSegment } = condition;
  if (typeof inSegment === 'string') yield [inSegment, [...path, 'inSegment']];
  else for (const [index, name] of (inSegment ?? []).entries()) yield [name, [...path, 'inSegment', index]];
  for (const word of ['all', 'any', 'none'] as const) {
    for (const [index, each] of (condition[word] ?? []).entries()) yield* segmentsIn(each, [...path, word, index]);
  }
}

function checkSegmentCycles(document: Document, review: Review): void {
  const segments = document.segments ?? {};
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) {
      const cycle = [...trail.slice(trail.indexOf(name)), name].join(' → ');
      review.refuseReference(['segments', name], `holds itself: ${cycle}`);
      return;
    }
    const segment = Object.hasOwn(segments, name) ? segments[name] : undefined;
    if (segment === undefined || done.has(name)) return;
    for (const [inner] of segmentsIn(segment.when, [])) visit(inner, [...trail, name]);
    done.add(name);
  };
  for (const name of Object.keys(segments)) visit(name, []);
}
