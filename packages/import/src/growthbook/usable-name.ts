/** Short of what a document allows, so that a number fits behind. */
const MAX_LENGTH = 240;

/** Whether a document takes it for the name of a variant, rule or segment. */
function isUsable(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  return name !== '' && name.length <= MAX_LENGTH && !/[\u0000-\u001f\u007f]|__proto__/.test(name);
}

/** The name itself, or one like it, that no other has; it is taken then. */
export function usableName(wanted: string, otherwise: string, taken: Set<string>): string {
  const base = isUsable(wanted) ? wanted : otherwise;
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}-${count}`;
  taken.add(name);
  return name;
}
