import type { Flag } from '../document/flag.ts';
import { parentsOf } from '../document/parents.ts';
import { type CompiledFlag, compileFlag, type Surroundings } from './compile-flag.ts';

interface Entry {
  /** Let go of once the flag is compiled. */
  declared: Flag | undefined;
  compiled: CompiledFlag | undefined;
  readonly version: string;
}

const nothing: readonly never[] = Object.freeze([]);

/**
 * The flags of a document by key, each compiled when it is first asked for: a process that loads thousands asks for a few,
 * and to compile a flag costs more than to check it. The parser refused whatever could not be compiled, so nothing can
 * fail that late.
 */
export class FlagTable {
  readonly #entries = new Map<string, Entry>();
  readonly #surroundings: Surroundings;

  /** `versions` holds the version of each flag, by its key. */
  constructor(
    flags: Readonly<Record<string, Flag>>,
    versions: Readonly<Record<string, string>>,
    surroundings: Surroundings,
  ) {
    for (const [key, declared] of Object.entries(flags)) {
      this.#entries.set(key, { declared, compiled: undefined, version: versions[key] ?? '' });
    }
    this.#surroundings = surroundings;
  }

  get(key: string): CompiledFlag | undefined {
    const entry = this.#entries.get(key);
    return entry === undefined ? undefined : (entry.compiled ?? this.#compile(key, entry));
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  keys(): IterableIterator<string> {
    return this.#entries.keys();
  }

  /** Changes with everything that can change an answer of this flag, switches aside. */
  versionOf(key: string): string | undefined {
    return this.#entries.get(key)?.version;
  }

  requiresOf(key: string): readonly string[] {
    const entry = this.#entries.get(key);
    return entry?.compiled?.requires ?? entry?.declared?.requires ?? nothing;
  }

  /** The flags whose answers this one's rest on. */
  parentsOf(key: string): readonly string[] {
    const entry = this.#entries.get(key);
    if (entry?.compiled === undefined) return parentsOf(entry?.declared);
    const { targeting, rules } = entry.compiled;
    return [targeting, ...rules].flatMap((each) => Object.keys(each?.prerequisites ?? {}));
  }

  #compile(key: string, entry: Entry): CompiledFlag {
    const compiled = compileFlag(key, entry.declared as Flag, entry.version, this.#surroundings);
    entry.compiled = compiled;
    entry.declared = undefined;
    return compiled;
  }
}
