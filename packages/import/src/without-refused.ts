import { type Document, type Problem, parseDocument } from '@sluice/core';

/**
 * Takes out the flags and segments that no document may hold, such as one with a name of 300 characters, and then what names
 * them; `undefined` where no flag is left, or the document is refused for something else.
 * @param onRefused called once for each, with the first that is wrong with it
 */
export function withoutRefused(
  { segments, flags, ...rest }: Document,
  onRefused: (part: 'flags' | 'segments', name: string, problem: Problem) => void,
): Document | undefined {
  const left = { segments: new Map(Object.entries(segments ?? {})), flags: new Map(Object.entries(flags ?? {})) };
  while (left.flags.size > 0) {
    const document: Document = {
      ...rest,
      ...(left.segments.size > 0 && { segments: Object.fromEntries(left.segments) }),
      flags: Object.fromEntries(left.flags),
    };
    const { problems } = parseDocument(document);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return document;
    let found = false;
    for (const problem of errors) {
      const [part, name] = problem.path;
      if ((part !== 'flags' && part !== 'segments') || typeof name !== 'string' || !left[part].delete(name)) continue;
      found = true;
      onRefused(part, name, problem);
    }
    if (!found) return undefined;
  }
  return undefined;
}
