import type { Source, SourceChange, SwitchChange, SwitchStore } from '@sluice/core';

/** A source or a switch store as one of several sees it who follow it. */
export interface Following<Change> {
  /** What there is; where others watch already, what they were told last. Rejects as the place itself does. */
  read(): Promise<Change>;
  /** Tells all that is later than what this one has read. Called again, `listener` is told instead of the one before. */
  watch(listener: (change: Change) => void): void;
  /** Ends this one's watching; that of the place, once nobody is left who follows it. */
  close(): Promise<void>;
}

export function followSource(source: Source): Following<SourceChange> {
  return follow<SourceChange>(source, async () => ({ reading: await source.read() }));
}

export function followSwitches(store: SwitchStore): Following<SwitchChange> {
  return follow<SwitchChange>(store, async () => ({ states: await store.read() }));
}

interface Place<Change> {
  watch?(listener: (change: Change) => void): void;
  close(): Promise<void>;
}

interface Failing {
  readonly error?: Error | undefined;
}

/** By the place itself, which tells of one kind of change only. */
const watches = new WeakMap<object, unknown>();

function follow<Change extends Failing>(place: Place<Change>, read: () => Promise<Change>): Following<Change> {
  const shared = (watches.get(place) as SharedWatch<Change> | undefined) ?? new SharedWatch(place, read);
  watches.set(place, shared);
  return shared.join();
}

interface Member<Change> {
  /** What it has read or was told last that is no error. */
  has: Change | undefined;
  listener: ((change: Change) => void) | undefined;
}

/**
 * The one watch of a place for everybody who follows it: closing a place ends its watching for all, and it tells nobody of
 * what somebody has read. A kill would pass by those who are left.
 */
class SharedWatch<Change extends Failing> {
  readonly #place: Place<Change>;
  readonly #read: () => Promise<Change>;
  readonly #members = new Set<Member<Change>>();
  #reading: Promise<void> | undefined;
  #watched = false;
  #last: Change | undefined;
  #failure: Change | undefined;

  constructor(place: Place<Change>, read: () => Promise<Change>) {
    this.#place = place;
    this.#read = read;
  }

  join(): Following<Change> {
    const member: Member<Change> = { has: undefined, listener: undefined };
    this.#members.add(member);
    return {
      read: () => this.#readFor(member),
      watch: (listener) => this.#watchFor(member, listener),
      close: async () => {
        member.listener = undefined;
        this.#members.delete(member);
        if (this.#members.size > 0) return;
        if (watches.get(this.#place) === this) watches.delete(this.#place);
        await this.#place.close();
      },
    };
  }

  async #readFor(member: Member<Change>): Promise<Change> {
    if (!this.#watched || this.#last === undefined) {
      // What is told counts from the last read on, so that there has to be one watch after each.
      this.#watched = false;
      this.#reading ??= this.#read()
        .then(this.#take)
        .finally(() => {
          this.#reading = undefined;
        });
      await this.#reading;
    }
    member.has = this.#last;
    return this.#last as Change;
  }

  #watchFor(member: Member<Change>, listener: (change: Change) => void): void {
    if (this.#place.watch === undefined) return;
    member.listener = listener;
    if (this.#last !== member.has) this.#tell(member, this.#last as Change);
    if (this.#failure !== undefined) this.#tell(member, this.#failure);
    if (this.#watched) return;
    this.#place.watch(this.#take);
    this.#watched = true;
  }

  /** One function for every watch, so that a place that keeps a set of listeners keeps one. */
  readonly #take = (change: Change): void => {
    this.#failure = isGood(change) ? undefined : change;
    if (isGood(change)) this.#last = change;
    for (const member of this.#members) this.#tell(member, change);
  };

  #tell(member: Member<Change>, change: Change): void {
    if (member.listener === undefined) return;
    if (isGood(change)) member.has = change;
    member.listener(change);
  }
}

/** Somebody else's place may tell nothing at all. */
function isGood(change: Failing | undefined): boolean {
  return change !== undefined && change.error === undefined;
}
