import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitCodes, Failure } from '../failure.ts';

/** A vendor's SDK, which is a peer: from the project in which the command was called, else from beside the command. */
export async function loadSdk(name: string, directory: string): Promise<unknown> {
  const places = [join(directory, 'package.json'), import.meta.url];
  let cause: unknown;
  for (const place of places) {
    try {
      const path = createRequire(place).resolve(name);
      return await import(pathToFileURL(path).href);
    } catch (error) {
      cause = error;
    }
  }
  throw new Failure(exitCodes.unreadable, `${name} is not installed here; run: npm install --save-dev ${name}`, {
    cause,
  });
}
