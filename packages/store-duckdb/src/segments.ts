import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The recorder's segments in a directory, as DuckDB has to be told of them, in order of name: its `*.ndjson` files, not
 * those of its folders.
 *
 * @throws where the directory cannot be listed; the message names it and the mend.
 */
export async function listSegments(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    const segments = entries.filter(
      (entry) => entry.name.endsWith('.ndjson') && (entry.isFile() || entry.isSymbolicLink()),
    );
    return segments.map((entry) => exactPattern(join(directory, entry.name))).sort();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such directory' : String(error);
    throw new Error(
      `Cannot read the records in ${directory}: ${reason}. Give the store the directory that the recorder's sink writes to.`,
      { cause: error },
    );
  }
}

/** DuckDB reads every path as a pattern; in brackets a pattern's characters mean themselves. */
function exactPattern(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}
