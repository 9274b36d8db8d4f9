import { formatPath, type Path } from '../../document/problem.ts';
import { isObject, type JsonValue } from '../../json.ts';

export interface TextEdit {
  /** Keys and indexes from the document's root. Parents that are missing are made; a list takes one entry more than it has. */
  readonly path: Path;
  /** `undefined` removes. */
  readonly value: JsonValue | undefined;
}

/** Without recursion, as a text may nest deeper than the stack. */
export function sameJson(left: unknown, right: unknown): boolean {
  const pairs: [unknown, unknown][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
      if (one !== other && !Object.is(one, other)) return false;
      continue;
    }
    const keys = Object.keys(one);
    if (Array.isArray(one) !== Array.isArray(other) || keys.length !== Object.keys(other).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(other, key)) return false;
      pairs.push([(one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]]);
    }
  }
  return true;
}

export function memberOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
}

/**
 * The smallest edits that come to the same, so that what is equal keeps its text: of an object only the members that differ,
 * removals last. None where all is so already.
 */
export function smallestEdits(before: unknown, { path, value }: TextEdit): readonly TextEdit[] {
  if (path.length === 0 && value === undefined) throw new Error('a document cannot be removed from its own text');
  let old = before;
  for (const [length, step] of path.entries()) {
    const member = memberOf(old, step);
    if (member === undefined || (member === null && length < path.length - 1)) {
      if (value === undefined) return [];
      refuseImpossible(old, path, length);
      // Nothing at all is written yet.
      const made = old === null || old === undefined ? 0 : length + 1;
      return [{ path: path.slice(0, made), value: wrapped(path.slice(made), value) }];
    }
    old = member;
  }
  return differences(old, value, path);
}

/** Only lists and objects have members, a list only so many. */
function refuseImpossible(parent: unknown, path: Path, length: number): void {
  const [place, step] = [formatPath(path.slice(0, length)), path[length] as string | number];
  if (Array.isArray(parent)) {
    if (step === parent.length) return;
    throw new Error(
      `${place} is a list of ${parent.length}, and ${JSON.stringify(step)} is no place in it or at its end`,
    );
  }
  if (parent === null || parent === undefined || isObject(parent)) return;
  throw new Error(`${place} is ${JSON.stringify(parent)}, so nothing can be set within it`);
}

function wrapped(path: Path, value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, step) => {
    if (typeof step === 'string') return { [step]: inner };
    if (step === 0) return [inner];
    throw new Error(`${formatPath(path)} cannot be made: a new list begins at 0`);
  }, value);
}

function differences(old: unknown, value: JsonValue | undefined, path: Path): readonly TextEdit[] {
  if (sameJson(old, value)) return [];
  if (Array.isArray(old) && Array.isArray(value) && old.length === value.length) {
    return value.flatMap((each, index) => differences(old[index], each, [...path, index]));
  }
  if (!isObject(old) || !isObject(value) || !Object.keys(value).some((key) => Object.hasOwn(old, key))) {
    return [{ path, value }];
  }
  const kept = Object.keys(value).flatMap((key) =>
    differences(memberOf(old, key), value[key] as JsonValue, [...path, key]),
  );
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
  return [...kept, ...gone.map((key) => ({ path: [...path, key], value: undefined }))];
}

/** The document after one of the smallest edits. */
export function withEdit(document: unknown, { path, value }: TextEdit): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const member = rest.length === 0 ? value : withEdit(memberOf(document, step), { path: rest, value });
  if (Array.isArray(document)) {
    const index = Number(step);
    return [...document.slice(0, index), ...(member === undefined ? [] : [member]), ...document.slice(index + 1)];
  }
  const members = Object.entries(document as object).filter(([key]) => member !== undefined || key !== String(step));
  return Object.fromEntries(member === undefined ? members : [...members, [String(step), member]]);
}
