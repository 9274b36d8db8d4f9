export type { Role, Token } from './auth/token.ts';
export { serialSink } from './ingest/serial-sink.ts';
export type { Limits } from './limits/limits.ts';
export type { Listening } from './listen.ts';
export type { ListenOptions, SluiceServer } from './server.ts';
export { createServer, defaultPort } from './server.ts';
export type { ServerOptions } from './server-options.ts';
