/** One text for a flag and a unit. No flag's key holds a control character, so no two share one. */
export function assignmentKey(flag: string, unit: string): string {
  return `${flag}\u0000${unit}`;
}
