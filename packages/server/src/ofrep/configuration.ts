import { createHash } from 'node:crypto';
import type { CompiledFlags, SwitchStates } from '@sluice/core';
import type { LiveFlags } from '@sluice/openfeature-provider';
import { type Audience, behind, visibleKeys } from './audience.ts';

/** As many tags are remembered as a client may be behind and still be known to be behind. */
const REMEMBERED_TAGS = 64;

interface Seen {
  flags: CompiledFlags | undefined;
  states: SwitchStates | undefined;
  stale: boolean;
  tag: string | undefined;
  /** ms since the epoch. */
  changedAt: number;
  readonly known: Set<string>;
}

/**
 * Everything that one audience's answers depend on beside the context, as a tag. It is made from what is visible and what
 * stands behind that alone, so that a client token cannot watch the changes of what it may not see; and from contents alone,
 * so that every server that has read the same says the same.
 */
export class Configuration {
  readonly audience: Audience;
  readonly #live: LiveFlags;
  readonly #isVersioned: () => boolean;
  readonly #seen: Seen = {
    flags: undefined,
    states: undefined,
    stale: false,
    tag: undefined,
    changedAt: 0,
    known: new Set(),
  };
  readonly #listeners = new Set<() => void>();

  /** `isVersioned` tells whether the document's version was written by its author. */
  constructor(live: LiveFlags, audience: Audience, isVersioned: () => boolean = () => true) {
    this.#live = live;
    this.#isVersioned = isVersioned;
    this.audience = audience;
  }

  /** `undefined` before the first document. */
  get tag(): string | undefined {
    this.refresh();
    return this.#seen.tag;
  }

  /** Whether answers may be old, and say so. */
  get stale(): boolean {
    return this.#seen.stale;
  }

  /** Whether this audience is told the document's version: one that is made of all contents changes with what is hidden. */
  get showsVersion(): boolean {
    return this.audience === 'server' || this.#isVersioned();
  }

  /** When this process saw the last change, in ms since the epoch. */
  get changedAt(): number {
    return this.#seen.changedAt;
  }

  /** Called when the flags may have changed; tells those who listen only where something visible did. */
  refresh(): void {
    const { flags, switches, problem } = this.#live;
    const seen = this.#seen;
    const stale = problem !== undefined;
    const turned = stale !== seen.stale;
    if (flags === seen.flags && switches === seen.states && !turned) return;
    seen.flags = flags;
    seen.states = switches;
    seen.stale = stale;
    const tag = flags === undefined ? undefined : tagOf(flags, switches, this);
    if (tag === seen.tag && !turned) return;
    seen.tag = tag;
    seen.changedAt = Date.now();
    if (tag === undefined) return;
    seen.known.delete(tag);
    seen.known.add(tag);
    const [oldest] = seen.known;
    if (seen.known.size > REMEMBERED_TAGS && oldest !== undefined) seen.known.delete(oldest);
    for (const listener of [...this.#listeners]) listener();
  }

  /** Returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Waits for a tag that another server has told and this one has not reached yet, `timeoutMs` at the most. One that was
   * reached before is not waited for.
   */
  async reached(tag: string, timeoutMs: number): Promise<void> {
    this.refresh();
    if (this.#seen.known.has(tag)) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(end, timeoutMs);
      const stop = this.onChange(() => {
        if (this.#seen.known.has(tag)) end();
      });
    });
  }
}

function tagOf(flags: CompiledFlags, states: SwitchStates, { audience, showsVersion }: Configuration): string {
  const hash = createHash('sha256');
  const note = (...parts: readonly unknown[]): void => {
    hash.update(JSON.stringify(parts));
  };
  note(flags.flagSetId ?? null, showsVersion ? flags.version : null);
  const visible = visibleKeys(flags, states, audience);
  for (const key of visible) note('visible', key, flags.flags.versionOf(key) ?? null);
  const reached = behind(flags, visible);
  for (const name of reached.switches) {
    const declared = flags.switches.get(name);
    const state = states.switches.get(name);
    note('switch', name, declared?.enabled, declared?.retryAfterSeconds, state?.on, state?.retryAfterSeconds);
  }
  for (const key of reached.flags) {
    const state = states.flags.get(key);
    if (state !== undefined) note('flag', key, state.on, state.retryAfterSeconds);
  }
  return hash.digest('base64url').slice(0, 22);
}
