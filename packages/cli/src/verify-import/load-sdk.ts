import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitCodes, Failure } from '../failure.ts';

/** A vendor's SDK, which is a peer: from the project in which the command was called, else from beside the command. */
export async function loadSdk(name: string, directory: string): Promise<unknown> {
  for (const place of [join(directory, 'package.json'), import.meta.url]) {
    const path = resolveFrom(place, name);
    if (path === undefined) continue;
    try {
      return await import(pathToFileURL(path).href);
    } catch (error) {
      const message = `${name} cannot be loaded: ${(error as Error).message}`;
      throw new Failure(exitCodes.unreadable, message, { cause: error });
    }
  }
  throw new Failure(exitCodes.unreadable, `${name} is not installed here; run: npm install --save-dev ${name}`);
}

function resolveFrom(place: string, name: string): string | undefined {
  try {
    return createRequire(place).resolve(name);
  } catch {
    return undefined;
  }
}
