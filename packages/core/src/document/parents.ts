import { isObject } from '../json.ts';
import type { Flag } from './flag.ts';

/** Of a flag that may be broken: the flags that it and its rules ask for. */
export function parentsOf(flag: Flag | undefined): readonly string[] {
  if (!isObject(flag)) return [];
  const rules: readonly unknown[] = Array.isArray(flag['rules']) ? flag['rules'] : [];
  return [flag, ...rules].flatMap((each) => {
    const prerequisites = isObject(each) ? each['prerequisites'] : undefined;
    return isObject(prerequisites) ? Object.keys(prerequisites) : [];
  });
}
