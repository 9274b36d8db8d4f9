/** How much the server takes before it refuses. */
export interface Limits {
  /** Of one request's body. @default 1_048_576, 1 MiB */
  readonly bodyBytes: number;
  /** Levels that the JSON of a body may nest. @default 32 */
  readonly jsonDepth: number;
  /** Of all headers of one request. @default 16_384 */
  readonly headerBytes: number;
  /** Requests that one token, or one address without a token, may make per second, on average. @default 1_000 */
  readonly requestsPerSecond: number;
  /** Requests that it may make at once after a pause. @default 2_000 */
  readonly requestBurst: number;
  /** Connections open at the same time. @default 10_000 */
  readonly connections: number;
  /** Streams open at the same time. @default 5_000 */
  readonly streams: number;
  /** Time for all headers of a request to arrive, in ms. @default 10_000 */
  readonly headersTimeoutMs: number;
  /** Time for a whole request to arrive, in ms. @default 30_000 */
  readonly requestTimeoutMs: number;
  /** Time that an idle connection is kept, in ms. @default 5_000 */
  readonly keepAliveTimeoutMs: number;
  /** Time for requests under way to end when the server closes, in ms. @default 5_000 */
  readonly closeTimeoutMs: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  jsonDepth: 32,
  headerBytes: 16_384,
  requestsPerSecond: 1_000,
  requestBurst: 2_000,
  connections: 10_000,
  streams: 5_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 5_000,
  closeTimeoutMs: 5_000,
};
