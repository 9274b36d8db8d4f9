const given = new Set<string>();

/** Warns the process the first time that `code` comes up; a fault in every request must not fill the log. */
export function warnOnce(code: `SLUICE_${string}`, message: string): void {
  if (given.has(code)) return;
  given.add(code);
  process.emitWarning(message, { type: 'SluiceWarning', code });
}
