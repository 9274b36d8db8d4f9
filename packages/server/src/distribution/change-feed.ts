import { type SwitchStates, writeSwitchStates } from '@sluice/core';
import type { LiveFlags } from '@sluice/openfeature-provider';
import { encodeEvent } from '../streams/event.ts';
import type { OpenStream } from '../streams/open-streams.ts';
import type { PublishedDocument } from './published-document.ts';

/**
 * Tells other processes of each change, over `/v1/stream`: `document` with the revision to be fetched, `switches` with the
 * states themselves, because a kill must not wait for another request, and `stale` while this server may be behind.
 */
export class ChangeFeed {
  readonly #live: LiveFlags;
  readonly #streams = new Set<OpenStream>();
  #document: Uint8Array | undefined;
  #states: SwitchStates | undefined;
  #problem: string | undefined;

  constructor(live: LiveFlags) {
    this.#live = live;
  }

  /** Sends what holds now, then what comes; returns what ends it. */
  follow(stream: OpenStream): () => void {
    if (this.#document !== undefined) stream.send(this.#document);
    stream.send(this.#switches());
    if (this.#live.problem !== undefined) stream.send(this.#stale(this.#live.problem));
    this.#streams.add(stream);
    return () => this.#streams.delete(stream);
  }

  published({ revision }: Pick<PublishedDocument, 'revision'>): void {
    this.#document = encodeEvent({ event: 'document', data: { revision } });
    this.#send(this.#document);
  }

  /** Called when switches, or what is wrong, may have changed. States say that all is well again, unless `stale` follows. */
  refresh(): void {
    const { switches, problem } = this.#live;
    const turned = (problem === undefined) !== (this.#problem === undefined);
    const told = switches !== this.#states || (turned && problem === undefined);
    if (told) this.#send(this.#switches());
    if (problem !== undefined && (turned || told)) this.#send(this.#stale(problem));
    this.#states = switches;
    this.#problem = problem;
  }

  #switches(): Uint8Array {
    return encodeEvent({ event: 'switches', data: writeSwitchStates(this.#live.switches) });
  }

  #stale(message: string): Uint8Array {
    return encodeEvent({ event: 'stale', data: { message } });
  }

  #send(bytes: Uint8Array): void {
    for (const stream of this.#streams) stream.send(bytes);
  }
}
