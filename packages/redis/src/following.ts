import type { Channels } from './channels.ts';
import { type Message, readMessage } from './message.ts';

/** Something kept on Redis that has a revision, which grows with each change. */
export interface Revised {
  readonly revision: number;
}

export interface Followed<State extends Revised> {
  /** What a person calls the place, for messages. */
  readonly place: string;
  readonly kind: Message['kind'];
  readonly channel: string;
  readonly channels: Channels;
  readonly reconcileIntervalMs: number;
  /** What Redis has; rejects where it cannot be asked or has nothing that can be used. */
  read(): Promise<State>;
  /** The revision of it. */
  revision(): Promise<number>;
  /** What a message makes of the state before it; `undefined` where that has to be read. */
  apply(before: State, message: Message): State | undefined;
  /** Called whenever it is certain that the listener has what Redis has. */
  upToDate?(state: State): void;
}

export interface FollowListener<State> {
  /** A later state than the last, or the same again after a failure. */
  state(state: State, recovered: boolean): void;
  /** What was told last is known to have been right until `asOf`, ms since the epoch. */
  failure(error: Error, asOf: number | undefined): void;
}

/**
 * Follows one thing on Redis: by messages, which bring a change at once, and by asking for the revision now and then, since
 * messages may be lost. What is known never goes back: neither by an answer that a message has overtaken nor by a Redis that
 * lost what it had.
 */
export class Following<State extends Revised> {
  readonly #followed: Followed<State>;
  #known: State | undefined;
  #asOf: number | undefined;
  #toldRevision = -1;
  #failure: Error | undefined;
  #listener: FollowListener<State> | undefined;
  #stop: (() => void) | undefined;
  #reconciling = false;
  #reconcileAgain = false;
  #heardRevision = -1;
  #unheardRevision = -1;

  constructor(followed: Followed<State>) {
    this.#followed = followed;
  }

  async read(): Promise<State> {
    const state = await this.#fetch();
    // Who asks takes no news from who watches.
    if (this.#listener === undefined) this.#toldRevision = state.revision;
    else this.#tell();
    return state;
  }

  watch(listener: FollowListener<State>): void {
    this.close();
    this.#listener = listener;
    const { channels, channel, reconcileIntervalMs } = this.#followed;
    const leave = channels.join(channel, {
      hear: (message) => this.#hear(message),
      back: () => void this.#reconcile(),
      refused: (error) => this.#fail(error),
    });
    const timer = setInterval(() => this.#look(), reconcileIntervalMs);
    timer.unref();
    this.#stop = () => {
      clearInterval(timer);
      leave();
    };
    void this.#reconcile();
  }

  close(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#listener = undefined;
    this.#failure = undefined;
  }

  /** Takes the message of a change that was made here, which need not come over the channel first. */
  made(text: string): void {
    this.#take(readMessage(text));
  }

  #hear(message: Message | undefined): void {
    if (message?.kind === this.#followed.kind) this.#heardRevision = Math.max(this.#heardRevision, message.revision);
    this.#take(message);
  }

  #take(message: Message | undefined): void {
    if (message !== undefined && message.kind !== this.#followed.kind) return;
    const known = this.#known;
    if (known !== undefined && message !== undefined && message.revision <= known.revision) return;
    const follows = known !== undefined && message?.previous === known.revision;
    const next = follows ? this.#followed.apply(known, message) : undefined;
    if (next === undefined) {
      if (this.#listener !== undefined) void this.#reconcile();
      return;
    }
    this.#known = next;
    this.#asOf = Date.now();
    this.#tell();
  }

  #look(): void {
    const { channels, channel } = this.#followed;
    if (this.#unheardRevision > this.#heardRevision) {
      this.#heardRevision = this.#unheardRevision;
      channels.renew(channel);
    }
    channels.mend();
    void this.#reconcile();
  }

  /** One at a time: what asks meanwhile is answered by one more, which begins later. */
  async #reconcile(): Promise<void> {
    this.#reconcileAgain = this.#reconciling;
    if (this.#reconciling) return;
    this.#reconciling = true;
    try {
      const before = this.#known?.revision;
      const began = Date.now();
      if (before !== undefined && this.#failure === undefined && (await this.#followed.revision()) === before) {
        this.#asOf = began;
      } else {
        const { revision } = await this.#fetch();
        if (before !== undefined && revision > before) this.#unheardRevision = revision;
      }
      if (this.#listener === undefined) return;
      this.#tell();
      if (this.#known !== undefined) this.#followed.upToDate?.(this.#known);
    } catch (error) {
      this.#fail(error as Error);
    } finally {
      this.#reconciling = false;
      if (this.#reconcileAgain && this.#listener !== undefined) void this.#reconcile();
    }
  }

  async #fetch(): Promise<State> {
    for (;;) {
      const [before, began] = [this.#known?.revision ?? 0, Date.now()];
      const state = await this.#followed.read();
      const known = this.#known;
      if (known === undefined || state.revision >= known.revision) {
        this.#known = state;
        this.#asOf = began;
        return state;
      }
      // Where a message came while Redis was asked, the answer may have been given before it: it is asked again.
      if (known.revision === before) throw new Error(wentBack(this.#followed.place, before, state.revision));
    }
  }

  #tell(): void {
    const [known, recovered] = [this.#known, this.#failure !== undefined];
    if (known === undefined || this.#listener === undefined) return;
    this.#failure = undefined;
    if (!recovered && known.revision <= this.#toldRevision) return;
    this.#toldRevision = known.revision;
    this.#listener.state(known, recovered);
    this.#followed.upToDate?.(known);
  }

  /** Told once; again only where it is another. */
  #fail(error: Error): void {
    if (this.#listener === undefined || this.#failure?.message === error.message) return;
    this.#failure = error;
    this.#listener.failure(error, this.#asOf);
  }
}

function wentBack(place: string, from: number, to: number): string {
  return (
    `${place} went back from revision ${from} to ${to}: it has lost changes, or a copy that had not all of them has taken ` +
    'over. What was known before still holds here; look at what is there now and write it again, from where on that counts'
  );
}
