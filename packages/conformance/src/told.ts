/** What somebody who watches was told and a test did not ask for yet, and the next that is told. */
export interface Told<Change> {
  readonly untaken: readonly Change[];
  next(): Promise<Change>;
  /** The first from here on for which this holds; those before it are let go. */
  nextThat(holds: (change: Change) => boolean): Promise<Change>;
}

export function told<Change>(watch: (listener: (change: Change) => void) => void): Told<Change> {
  const untaken: Change[] = [];
  const waiting: ((change: Change) => void)[] = [];
  watch((change) => {
    const waiter = waiting.shift();
    if (waiter === undefined) untaken.push(change);
    else waiter(change);
  });
  const next = (): Promise<Change> => {
    const change = untaken.shift();
    return change === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(change);
  };
  const nextThat = async (holds: (change: Change) => boolean): Promise<Change> => {
    const change = await next();
    return holds(change) ? change : nextThat(holds);
  };
  return { untaken, next, nextThat };
}
