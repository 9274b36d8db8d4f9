const LONGEST = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/** Gives out names that a document may hold, no name twice. */
export class Names {
  readonly #given = new Set<string>();

  give(wanted: string): string {
    const base = wanted.replaceAll(CONTROL, ' ').replaceAll('__proto__', 'proto').slice(0, LONGEST) || 'unnamed';
    let name = base;
    for (let count = 2; this.#given.has(name); count++) name = `${base} (${count})`;
    this.#given.add(name);
    return name;
  }
}
