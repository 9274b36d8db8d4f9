import { freeName } from '../free-name.ts';

const LONGEST = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/** Gives out names that a document may hold, no name twice. */
export class Names {
  readonly #given = new Set<string>();

  give(wanted: string): string {
    const base = wanted.replaceAll(CONTROL, ' ').replaceAll('__proto__', 'proto').slice(0, LONGEST) || 'unnamed';
    const name = freeName(base, (each) => this.#given.has(each));
    this.#given.add(name);
    return name;
  }
}
