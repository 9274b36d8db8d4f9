import { formatPath } from '../../document/problem.ts';
import type { JsonValue } from '../../json.ts';
import { aliasesInTheWay } from './aliases.ts';
import { memberOf, sameJson, smallestEdits, type TextEdit, withEdit } from './json-edits.ts';
import { type OpenText, openText } from './open-text.ts';
import { reprintYaml } from './reprint-yaml.ts';
import { splicesOf } from './splices.ts';
import { spliced } from './text-tree.ts';

/**
 * The text of a document with these edits made, one after the other. What no edit is about stays as it was written:
 * comments, order, quotes, brackets and line breaks. A comment goes with the entry to which it belongs.
 *
 * An alias to what is edited is written out, so that an edit changes what it names and nothing else.
 *
 * @throws {DocumentError} for a text that is neither YAML nor JSON.
 * @throws {Error} for a path that leads through a text or a number, or past the end of a list.
 */
export function editText(text: string, edits: readonly TextEdit[]): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  let open = openText(text.slice(mark.length));
  for (const edit of edits) {
    for (const smallest of smallestEdits(open.value, edit)) open = edited(open, smallest);
  }
  return mark + open.text;
}

/** Every edit is read again: a text whose meaning is another than was asked for is never handed out. */
function edited(open: OpenText, edit: TextEdit): OpenText {
  const expected = withEdit(open.value, edit);
  const detached = withoutAliases(open, edit);
  const candidates = [
    () => detached && splice(detached, [edit]),
    () => (open.format === 'yaml' ? reprintYaml(open.text, edit) : undefined),
  ];
  for (const candidate of candidates) {
    const result = reopened(candidate());
    if (result !== undefined && sameJson(result.value, expected)) return result;
  }
  throw new Error(`${formatPath(edit.path)} cannot be edited as this text is written; write it in a plainer way first`);
}

function withoutAliases(open: OpenText, edit: TextEdit): OpenText | undefined {
  let detached: OpenText | undefined = open;
  while (detached !== undefined) {
    const { value }: OpenText = detached;
    const paths = aliasesInTheWay(detached.root, edit);
    if (paths.length === 0) return detached;
    const writtenOut = paths.map((path) => ({ path, value: path.reduce(memberOf, value) as JsonValue }));
    const next = reopened(splice(detached, writtenOut));
    detached = next !== undefined && sameJson(next.value, value) ? next : undefined;
  }
  return undefined;
}

function splice(open: OpenText, edits: readonly TextEdit[]): string | undefined {
  const splices = edits.map((edit) => splicesOf(open, edit));
  return splices.includes(undefined)
    ? undefined
    : spliced(
        open.text,
        splices.flatMap((each) => each ?? []),
      );
}

function reopened(text: string | undefined): OpenText | undefined {
  try {
    return text === undefined ? undefined : openText(text);
  } catch {
    return undefined;
  }
}
