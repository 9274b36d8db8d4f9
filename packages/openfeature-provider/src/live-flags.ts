import {
  type AssignmentStore,
  type CompiledFlags,
  type Context,
  type Evaluation,
  failure,
  metadataKeys,
  noSwitches,
  type Problem,
  type Source,
  type SourceChange,
  type SwitchChange,
  type SwitchStates,
  type SwitchStore,
} from '@sluice/core';
import { loadFastHash } from './fast-hash.ts';
import { LiveDocument } from './live-document.ts';
import { eventsBetween, type Known, type LiveFlagsEvent } from './live-flags-event.ts';
import { LiveSwitches } from './live-switches.ts';
import { memoryAssignments } from './memory-assignments.ts';
import { messageOf } from './message-of.ts';
import { type Following, followSource, followSwitches } from './shared-watch.ts';
import { StickyEvaluations } from './sticky-evaluations.ts';

export interface LiveFlagsOptions {
  /** Beats what the document says of switches, without a deploy. @default the document alone decides */
  readonly switches?: SwitchStore;
  /** Keeps what sticky flags gave; closed by whoever made it. @default `memoryAssignments()` */
  readonly assignments?: AssignmentStore;
  /** How long an evaluation of a sticky flag waits for `assignments`; then its hash decides. @default 50 */
  readonly assignmentTimeoutMs?: number;
  /** Told what is doubtful about each document that was read. @default a process warning named `SluiceWarning` */
  readonly onWarning?: (problems: readonly Problem[], sourceName: string) => void;
}

/**
 * The flags of a source as they are now, with what a switch store says of them, evaluated in process.
 *
 * A document that cannot be used, or a source or store that cannot be reached, never replaces what was known last: answers
 * go on, with `stale: true`, until all is well again. Nothing of this waits during an evaluation, but for a sticky flag
 * whose assignments are kept elsewhere.
 */
export class LiveFlags {
  readonly #source: Source;
  readonly #store: SwitchStore | undefined;
  #followed: Followed | undefined;
  readonly #document: LiveDocument;
  readonly #states: LiveSwitches | undefined;
  readonly #sticky: StickyEvaluations;
  readonly #tell: (event: LiveFlagsEvent) => void;
  #started: Promise<void> | undefined;
  #stale = false;
  /** One from each start to the next close. What is said to an earlier one comes too late, and is not heard. */
  #session: object | undefined;

  constructor(source: Source, options: LiveFlagsOptions, tell: (event: LiveFlagsEvent) => void) {
    const { switches, assignments = memoryAssignments(), assignmentTimeoutMs = 50, onWarning } = options;
    this.#source = source;
    this.#store = switches;
    this.#tell = tell;
    this.#document = new LiveDocument(source, onWarning);
    this.#states = switches && new LiveSwitches(switches, () => this.#note(() => this.#states?.expire()));
    this.#sticky = new StickyEvaluations(assignments, assignmentTimeoutMs);
  }

  /** `undefined` before the first document. */
  get flags(): CompiledFlags | undefined {
    return this.#document.flags;
  }

  /** What is switched now, apart from the document; what has expired is not in it. */
  get switches(): SwitchStates {
    return this.#states?.inForce ?? noSwitches;
  }

  /** Why answers may be old, or why there are none, for a person. `undefined` where all is well. */
  get problem(): string | undefined {
    if (!this.#stale) return undefined;
    const problems = [this.#document.problem, this.#states?.problem].filter((problem) => problem !== undefined);
    return problems.join('; ');
  }

  /**
   * Reads source and switches side by side, then watches both. Switches that cannot be read leave the document's own values,
   * and are told as `stale`. Where the source cannot be read this rejects, goes on watching, and tells `recovered` once there
   * is a document. Called again before `close` it does nothing more, but after a failure it reads anew.
   *
   * @throws {DocumentError} for a document that cannot be used; else what the source throws.
   */
  start(): Promise<void> {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async #begin(): Promise<void> {
    const session = {};
    this.#session = session;
    const open = (): boolean => this.#session === session;
    const { source, switches } = this.#follow();
    const hash = await loadFastHash();
    const [reading, states] = await Promise.allSettled([source.read(), switches?.read()]);
    if (!open()) throw new Error(`${this.#source.name} was closed before it had been read`);
    const taken = this.#document.take(reading.status === 'fulfilled' ? reading.value : failed(reading), hash);
    if (states.status === 'rejected') this.#note(() => this.#states?.take(failed(states)));
    else if (states.value !== undefined) this.#states?.take(states.value);
    this.#settle();
    if (!taken) this.#started = undefined;
    const { error } = this.#document;
    this.#watchStates(switches, open);
    source.watch((change) => open() && this.#note(() => this.#document.take(change, hash)));
    if (!taken) throw error;
  }

  /**
   * Ends watching and forgets what was known. Source and switches are closed once no other `LiveFlags` follows them. Idempotent;
   * it may be started again.
   */
  async close(): Promise<void> {
    const { source, switches } = this.#follow();
    this.#followed = undefined;
    this.#session = undefined;
    this.#started = undefined;
    this.#document.forget();
    this.#states?.forget();
    this.#settle();
    const closed = await Promise.allSettled([source.close(), switches?.close()]);
    for (const each of closed) if (each.status === 'rejected') throw each.reason;
  }

  /** Returns errors and never throws. Without a document that is PROVIDER_NOT_READY. */
  evaluate(key: string, context: Context): Evaluation | Promise<Evaluation> {
    const flags = this.#document.flags;
    if (flags === undefined) {
      const reason = this.#document.reason ?? `${this.#source.name} has not been read yet`;
      return failure('PROVIDER_NOT_READY', reason);
    }
    const evaluation = this.#sticky.evaluate(flags, key, context);
    if (!this.#stale) return evaluation;
    return evaluation instanceof Promise ? evaluation.then(marked) : marked(evaluation);
  }

  /** From the first start, or a start that failed, to the next close. */
  #follow(): Followed {
    this.#followed ??= {
      source: followSource(this.#source),
      switches: this.#store && followSwitches(this.#store),
    };
    return this.#followed;
  }

  #watchStates(switches: Followed['switches'], open: () => boolean): void {
    const take = (change: SwitchChange): void => {
      if (open()) this.#note(() => this.#states?.take(change));
    };
    try {
      switches?.watch(take);
    } catch (error) {
      take({ error: error as Error });
    }
  }

  /** Answers change first, and then it is told. */
  #note(happen: () => void): void {
    const before = this.#known();
    happen();
    this.#settle();
    for (const event of eventsBetween(before, this.#known())) this.#say(event);
  }

  /** Whoever is told cannot keep a change from others who follow the same store, nor end the process from a timer. */
  #say(event: LiveFlagsEvent): void {
    try {
      this.#tell(event);
    } catch (error) {
      process.emitWarning(`telling of ${this.#source.name} failed: ${messageOf(error)}`, 'SluiceWarning');
    }
  }

  #settle(): void {
    this.#sticky.switches = this.#states?.states ?? noSwitches;
    this.#stale = this.#document.reason !== undefined || this.#states?.reason !== undefined;
  }

  #known(): Known {
    return {
      flags: this.flags,
      switches: this.switches,
      problem: this.problem,
      document: { place: this.#source.name, reason: this.#document.reason },
      store: { place: this.#store?.name ?? '', reason: this.#states?.reason },
    };
  }
}

interface Followed {
  readonly source: Following<SourceChange>;
  readonly switches: Following<SwitchChange> | undefined;
}

function failed({ reason }: PromiseRejectedResult): { readonly error: Error } {
  return { error: reason };
}

/** The last known answer keeps its reason: it still says why the unit got this variant. */
function marked(evaluation: Evaluation): Evaluation {
  return { ...evaluation, flagMetadata: { ...evaluation.flagMetadata, [metadataKeys.stale]: true } };
}
