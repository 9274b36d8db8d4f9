/** Told of every member and list entry, in order: its path, where its key (or entry) starts, and whether the key was there before. */
export type JsonVisitor = (path: string, offset: number, repeated: boolean) => void;

/** Where a text stops being JSON, and what would have had to be there. */
export interface JsonFault {
  readonly offset: number;
  readonly expected: string;
}

interface Frame {
  readonly path: string;
  /** Of an object; a list counts its entries instead. */
  readonly keys: Set<string> | undefined;
  entries: number;
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The path of a member, as the visitor gets it. */
export function jsonPath(parent: string, step: string | number): string {
  return `${parent}\u0000${step}`;
}

/**
 * Reads JSON text token by token. `JSON.parse` is many times as fast, but says neither where something is nor that a key
 * occurs twice, so this is asked only where there is something to point at. It keeps its own stack: no depth overflows it.
 */
export function walkJson(text: string, visit: JsonVisitor): JsonFault | undefined {
  const open: Frame[] = [];
  let offset = 0;
  let path = '';
  let expecting: 'value' | 'first' | 'key' | 'after' = 'value';
  for (;;) {
    offset = skipSpace(text, offset);
    const frame = open.at(-1);
    const character = text[offset];
    if (frame !== undefined && (expecting === 'first' || expecting === 'after')) {
      if (character === (frame.keys === undefined ? ']' : '}')) {
        open.pop();
        expecting = 'after';
        offset++;
        continue;
      }
    }
    if (expecting === 'after') {
      if (frame === undefined) {
        return offset === text.length ? undefined : { offset, expected: 'nothing more after the end of the document' };
      }
      if (character !== ',') return { offset, expected: frame.keys === undefined ? 'a comma or ]' : 'a comma or }' };
      expecting = frame.keys === undefined ? 'value' : 'key';
      offset++;
    } else if (frame?.keys !== undefined && expecting !== 'value') {
      const end = endOfString(text, offset);
      if (end === undefined) return { offset, expected: 'a key in double quotes' };
      const key = JSON.parse(text.slice(offset, end)) as string;
      path = jsonPath(frame.path, key);
      visit(path, offset, frame.keys.has(key));
      frame.keys.add(key);
      offset = skipSpace(text, end);
      if (text[offset] !== ':') return { offset, expected: 'a colon' };
      expecting = 'value';
      offset++;
    } else {
      if (frame !== undefined && frame.keys === undefined) {
        path = jsonPath(frame.path, frame.entries++);
        visit(path, offset, false);
      }
      if (character === '{' || character === '[') {
        open.push({ path, keys: character === '{' ? new Set() : undefined, entries: 0 });
        expecting = 'first';
        offset++;
      } else {
        const end = character === '"' ? endOfString(text, offset) : endOfMatch(LITERAL, text, offset);
        if (end === undefined) return { offset, expected: 'a value' };
        expecting = 'after';
        offset = end;
      }
    }
  }
}

function skipSpace(text: string, from: number): number {
  let offset = from;
  while (' \t\n\r'.includes(text[offset] ?? '.')) offset++;
  return offset;
}

function endOfString(text: string, from: number): number | undefined {
  if (text[from] !== '"') return undefined;
  let offset = from + 1;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code === 0x22) return offset + 1;
    if (code === 0x5c) {
      const end = endOfMatch(ESCAPE, text, offset);
      if (end === undefined) return undefined;
      offset = end;
    } else if (code >= 0x20) offset++;
    else return undefined;
  }
}

function endOfMatch(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
