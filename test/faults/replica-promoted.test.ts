import { ProviderEvents } from '@openfeature/server-sdk';
import { type RedisServer, startRedis, startTcpProxy } from '@sluice-test/services';
import { describe, expect, vi } from 'vitest';
import { WELL_MS } from './deadlines.ts';
import { CANDIDATE, CONTROL, SWITCH } from './document.ts';
import { fault, type Place } from './fault.ts';
import { type Operator, operatorAt } from './operator.ts';

const PATIENTLY = { timeout: 20_000 };

const master = { redis: { settings: { 'repl-diskless-sync-delay': 0 } } };

describe('a replica that is promoted', () => {
  fault('keeps what was killed before, and is followed', master, async (place) => {
    const { server, proxy, operator, start } = place;
    const follower = await start();
    const replica = await replicaOf(place, server.port);
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    await inStep(server, replica);
    const promoted = await promote(place, replica);
    await server.stop('SIGKILL');
    proxy.retarget(replica.port);
    await promoted.killFlag();
    await follower.isWell([CONTROL, CONTROL]);
    expect(follower.history.map(({ served }) => served)).not.toContainEqual([CANDIDATE, CONTROL]);
    expect((await promoted.store.read()).switches.get(SWITCH)?.on).toBe(false);
  });

  fault('without the last kill does not undo it', master, async (place) => {
    const { server, proxy, operator, start } = place;
    const follower = await start();
    const between = await startTcpProxy(server.port);
    place.afterwards(() => between.close());
    const replica = await replicaOf(place, between.port);
    await inStep(server, replica);
    between.cut();
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    const promoted = await promote(place, replica);
    await server.stop('SIGKILL');
    proxy.retarget(replica.port);

    const lost = await follower.told('that the new master knows less', WELL_MS, ({ message }) =>
      /revision/.test(message),
    );
    expect(lost).toMatchObject({ event: ProviderEvents.Stale, served: [CONTROL, CANDIDATE], stale: true });
    // Whoever starts now is told what the new master has; whoever knew more keeps to it until somebody says what holds.
    expect((await promoted.store.read()).switches.size).toBe(0);
    await promoted.killFlag();
    await follower.isWell([CANDIDATE, CONTROL]);
    await follower.tells(
      /^READY CONFIGURATION_CHANGED (STALE )+(CONFIGURATION_CHANGED (STALE )*READY|READY CONFIGURATION_CHANGED)$/,
    );
  });
});

async function replicaOf(place: Place, port: number): Promise<RedisServer> {
  const replica = await startRedis({ replicaOf: { host: '127.0.0.1', port } });
  place.afterwards(() => replica.stop());
  return replica;
}

/** Resolves once the replica has everything that the master has now. */
async function inStep(master: RedisServer, replica: RedisServer): Promise<void> {
  const told = async (server: RedisServer, name: string): Promise<string | undefined> =>
    new RegExp(`${name}:(\\w+)`).exec(await server.ask('INFO replication'))?.[1];
  await vi.waitFor(async () => expect(await told(replica, 'master_link_status')).toBe('up'), PATIENTLY);
  const written = Number(await told(master, 'master_repl_offset'));
  const isInStep = async (): Promise<void> =>
    expect(Number(await told(replica, 'slave_repl_offset'))).toBeGreaterThanOrEqual(written);
  await vi.waitFor(isInStep, PATIENTLY);
}

async function promote(place: Place, replica: RedisServer): Promise<Operator> {
  await replica.ask('REPLICAOF NO ONE');
  const operator = await operatorAt(replica.port);
  place.afterwards(() => operator.close());
  return operator;
}
