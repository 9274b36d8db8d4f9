import type { AssignmentStore, EditableSource, Recorder, Sink, Source, SwitchStore } from '@sluice/core';
import type { Token } from './auth/token.ts';
import type { Limits } from './limits/limits.ts';

export interface ServerOptions {
  /** Where the document comes from; one that is editable lets operators edit it. */
  readonly source: Source | EditableSource;
  /** Where switches are kept apart from the document. @default none: the document decides, and edits of it switch */
  readonly switches?: SwitchStore;
  /** What sticky flags remember. @default sticky flags bucket like any other */
  readonly assignments?: AssignmentStore;
  /** How long an evaluation of a sticky flag waits for `assignments`, in ms. @default 50 */
  readonly assignmentTimeoutMs?: number;
  /** Hashes the units and checks the feedback tokens of what comes in as plain exposures, outcomes and feedback. @default those are refused */
  readonly recorder?: Recorder;
  /** Takes the records that other processes have made. @default they are refused */
  readonly sink?: Sink;
  /** Who is let in. @default nobody but the machine itself: everything is allowed, and only loopback is listened on */
  readonly tokens?: readonly Token[];
  /** Origins of web pages that may evaluate and ingest, such as `https://app.acme.com`, exactly. @default none */
  readonly corsOrigins?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Time between two comment lines on a stream that is otherwise silent, in ms. @default 15_000 */
  readonly heartbeatMs?: number;
  /** Ed25519 private key, PEM, that signs the document. @default it is not signed */
  readonly signingKey?: string;
  /** Answer `/metrics` without a token. @default false */
  readonly metricsOpen?: boolean;
  /** What this server calls its version at `/healthz` and in the OpenAPI description. @default not said */
  readonly version?: string;
  /** Told of what an operator should read, in sentences. @default written nowhere */
  readonly onWarning?: (message: string) => void;
}
