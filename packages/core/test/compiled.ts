import type { Document } from '../src/document/document.ts';
import type { Flag } from '../src/document/flag.ts';
import { parseDocument } from '../src/document/parse.ts';
import { formatProblem } from '../src/document/problem.ts';
import { type CompiledFlags, compileDocument } from '../src/evaluation/compile.ts';

/** A document that has to be accepted, compiled. */
export function compiled(document: Omit<Document, 'sluice'>): CompiledFlags {
  const { document: parsed, problems } = parseDocument({ sluice: 1, ...document });
  if (parsed === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return compileDocument(parsed);
}

/** One flag, compiled, under the key `f`. */
export function compiledFlag(flag: Flag, rest: Omit<Document, 'sluice' | 'flags'> = {}): CompiledFlags {
  return compiled({ ...rest, flags: { f: flag } });
}
