/** The name itself, or the first of `name (2)`, `name (3)` and so on that is not taken. */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted;
  for (let count = 2; isTaken(name); count++) name = `${wanted} (${count})`;
  return name;
}
