import { type Operations, remoteOperations } from '@sluice/server/operations';
import { exitCodes, Failure } from '../failure.ts';
import type { PlaceOptions } from '../operator-options.ts';
import { failureOf } from './operation-failure.ts';
import { isRedisAddress } from './redis-address.ts';

/** Asks the place that the options name, and lets go of it; what it says against the question ends the command. */
export async function atTarget<T>(options: PlaceOptions, ask: (operations: Operations) => Promise<T>): Promise<T> {
  const operations = await openTarget(options);
  try {
    return await ask(operations);
  } catch (error) {
    throw failureOf(error);
  } finally {
    await operations.close();
  }
}

/** Loads what this kind of place needs, and nothing of the others. */
async function openTarget({ target, token, switches, prefix }: PlaceOptions): Promise<Operations> {
  if (target === undefined || target === '') {
    throw new Failure(
      exitCodes.usage,
      'Nothing says where: give --target with a file, redis://… or https://…, or set SLUICE_TARGET.',
    );
  }
  if (isRedisAddress(target)) {
    const { openRedis } = await import('./open-redis.ts');
    return await openRedis(target, prefix);
  }
  if (/^https?:\/\//i.test(target)) {
    return remoteOperations(serverUrl(target), token === undefined ? {} : { token });
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) {
    throw new Failure(exitCodes.usage, 'A target is a file, redis://, rediss://, redis+cluster:// or http(s)://.');
  }
  const { openFile } = await import('./open-file.ts');
  return openFile(target, switches);
}

/** @throws {Failure} without the text: a secret may be in it. */
function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new Failure(exitCodes.usage, "The server's URL cannot be understood.");
  if (url.username !== '' || url.password !== '') {
    throw new Failure(exitCodes.usage, 'A server takes no user and password in its URL; set SLUICE_TOKEN instead.');
  }
  return text;
}
