/** A store of switches that knows less than was known of it; a kill may be what it forgot. */
export function wentBack(name: string, from: number, to: number): Error {
  return new Error(
    `${name} went back from revision ${from} to ${to}: it has lost changes, or an older copy answers for it. What was ` +
      'switched before holds here until somebody switches again (sluice kill, sluice restore)',
  );
}
