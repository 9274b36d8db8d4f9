import { ProviderEvents, ServerProviderStatus } from '@openfeature/server-sdk';
import type { AssignmentStore, Source, SwitchStore } from '@sluice/core';
import { redisAssignments, redisSource, redisSwitches } from '@sluice/redis';
import {
  type MessageFilter,
  messageFilter,
  type RedisOptions,
  type RedisServer,
  startRedis,
  startTcpProxy,
  type TcpProxy,
} from '@sluice-test/services';
import { expect, it } from 'vitest';
import { NOTICED_MS, PAUSE_MS, RECONCILE_MS, TIMEOUT_MS } from './deadlines.ts';
import { type Follower, type FollowerParts, startFollower } from './follower.ts';
import { type Operator, operatorAt } from './operator.ts';
import { type ClientKind, clientKinds, redisClient } from './redis-client.ts';

/** A Redis, the network before it, an operator past that network, and processes that follow by way of it. */
export interface Place {
  readonly server: RedisServer;
  readonly proxy: TcpProxy;
  readonly messages: MessageFilter;
  readonly operator: Operator;
  /** Starts a process with a connection of its own; resolves when it has told its first event. */
  start(parts?: (redis: RedisParts) => FollowerParts): Promise<Follower>;
  /** Called when the test is over, last first. */
  afterwards(clean: () => unknown): void;
}

/** What a process has on Redis. */
export interface RedisParts {
  readonly source: Source;
  readonly switches: SwitchStore;
  readonly assignments: AssignmentStore;
}

export interface FaultOptions {
  /** @default both */
  readonly clients?: readonly ClientKind[];
  readonly redis?: RedisOptions;
  readonly reconcileIntervalMs?: number;
  /** Of the clients, in ms. @default none */
  readonly socketTimeout?: number;
}

/**
 * One test for each kind of client. When `body` is done, whatever happened, no process has had an evaluation that failed or waited,
 * and none was told what was not so. They run side by side, as they wait most of the time.
 */
export function fault(name: string, options: FaultOptions, body: (place: Place) => Promise<void>): void {
  it.concurrent.each(options.clients ?? clientKinds)(`${name} (%s)`, { timeout: 60_000 + PAUSE_MS }, async (kind) => {
    const cleaning: (() => unknown)[] = [];
    const followers: Follower[] = [];
    try {
      await body(await setUp(kind, options, followers, (clean) => cleaning.push(clean)));
      for (const follower of followers) await expectTruth(follower);
    } finally {
      for (const clean of cleaning.reverse()) await clean();
    }
  });
}

async function setUp(
  kind: ClientKind,
  options: FaultOptions,
  followers: Follower[],
  afterwards: Place['afterwards'],
): Promise<Place> {
  const server = await startRedis(options.redis);
  afterwards(() => server.stop());
  const messages = messageFilter();
  const proxy = await startTcpProxy(server.port, messages);
  afterwards(() => proxy.close());
  const operator = await operatorAt(server.port);
  afterwards(() => operator.close());
  await operator.publish();
  const each = { timeoutMs: TIMEOUT_MS, reconcileIntervalMs: options.reconcileIntervalMs ?? RECONCILE_MS };
  const start: Place['start'] = async (parts = ({ source, switches }) => ({ source, switches })) => {
    const { client, close } = redisClient(kind, proxy.port, options.socketTimeout);
    afterwards(close);
    const redis = {
      source: redisSource(client, each),
      switches: redisSwitches(client, each),
      assignments: redisAssignments(client, { timeoutMs: TIMEOUT_MS }),
    };
    const follower = await startFollower(parts(redis));
    followers.push(follower);
    afterwards(() => follower.stop());
    await follower.told('a first event', NOTICED_MS, () => true);
    return follower;
  };
  return { server, proxy, messages, operator, start, afterwards };
}

async function expectTruth(follower: Follower): Promise<void> {
  const { evaluations, ...wrong } = await follower.stop();
  expect(wrong).toEqual({ late: 0, failed: [] });
  expect(evaluations).toBeGreaterThan(0);
  const { READY, STALE } = ServerProviderStatus;
  // The first is the SDK's own, after a start; that what it started with is old is told next.
  for (const [index, told] of follower.history.entries()) {
    expect(told.event).not.toBe(ProviderEvents.Error);
    if (told.event === ProviderEvents.Ready && index > 0) expect(told).toMatchObject({ status: READY, stale: false });
    if (told.event !== ProviderEvents.Stale) continue;
    expect(told.status).toBe(STALE);
    // Handlers are called a moment later, and what was still old may be well by then: that is told as well.
    const later = follower.history.slice(index + 1).map(({ event }) => event);
    if (!told.stale) expect(later).toContain(ProviderEvents.Ready);
  }
}
