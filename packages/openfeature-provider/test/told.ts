/** Keeps what somebody is told, in order, so that a test can await each. */
export interface Told<T> {
  readonly push: (what: T) => void;
  /** What was told and not asked for yet. */
  readonly untaken: readonly T[];
  next(): Promise<T>;
}

export function told<T>(): Told<T> {
  const untaken: T[] = [];
  const waiting: ((what: T) => void)[] = [];
  return {
    untaken,
    push(what) {
      const waiter = waiting.shift();
      if (waiter === undefined) untaken.push(what);
      else waiter(what);
    },
    next() {
      return untaken.length > 0
        ? Promise.resolve(untaken.shift() as T)
        : new Promise<T>((resolve) => waiting.push(resolve));
    },
  };
}
