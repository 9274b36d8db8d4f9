import type { Path } from '../document/problem.ts';
import { isObject } from '../json.ts';

/** Gives the text that takes the place of a template. */
export type Replace = (template: string, path: Path) => string;

/** Members of a prompt that hold templates: text, parts, or messages. */
const TEMPLATES = ['template', 'prompt', 'system', 'instructions', 'messages'];

/** Deeper than a prompt ever is: messages, content, part. */
const MAX_DEPTH = 4;

/**
 * The same prompt with every template replaced: the prompt itself where it is a string, its `template`, `prompt`, `system`
 * and `instructions`, the `content` of its messages, and the `text` of their parts. What holds none is kept as it is.
 */
export function replaceTemplates(prompt: unknown, replace: Replace): unknown {
  if (isObject(prompt)) return replaceMembers(prompt, TEMPLATES, replace, [], 0);
  return replaceWithin(prompt, replace, [], 0);
}

function replaceWithin(value: unknown, replace: Replace, path: Path, depth: number): unknown {
  if (typeof value === 'string') return replace(value, path);
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    return value.map((entry, index) => replaceWithin(entry, replace, [...path, index], depth + 1));
  }
  return isObject(value) ? replaceMembers(value, ['content', 'text'], replace, path, depth) : value;
}

function replaceMembers(
  value: Readonly<Record<string, unknown>>,
  members: readonly string[],
  replace: Replace,
  path: Path,
  depth: number,
): unknown {
  const replaced = { ...value };
  for (const member of members) {
    if (!Object.hasOwn(value, member)) continue;
    replaced[member] = replaceWithin(value[member], replace, [...path, member], depth + 1);
  }
  return replaced;
}
