import { resolve } from 'node:path';
import type { FlagSpan, Store } from '@sluice/core';
import { type Database, openDatabase, type Run } from './database.ts';
import { listSegments } from './segments.ts';
import { noRecords, summarise } from './summarise.ts';
import { selectFlags } from './summary-sql.ts';

/**
 * Summarises the NDJSON segments that recorders wrote to a directory, whether or not they are still writing. It only
 * reads. DuckDB is loaded at the first query that finds a segment.
 *
 * A directory without segments has no records. Queries reject where there is no such directory, where a segment cannot
 * be opened, and after `close`; a line that cannot be read is skipped and counted.
 */
export function duckdbStore(directory: string): Store {
  const name = `duckdb ${directory}`;
  const path = resolve(directory);
  const running = new Set<Promise<unknown>>();
  let database: Promise<Database> | undefined;
  let closing: Promise<void> | undefined;

  async function query<Result>(work: (run: Run, segments: readonly string[]) => Promise<Result>, nothing: Result) {
    const segments = await listSegments(path);
    if (segments.length === 0) return nothing;
    database ??= openDatabase();
    return (await database).connected((run) => work(run, segments));
  }

  /** `close` waits for what was begun before it. */
  async function whileOpen<Result>(result: () => Promise<Result>): Promise<Result> {
    if (closing) throw new Error(`The store ${name} is closed. Make another to read ${directory} again.`);
    const promise = result();
    running.add(promise);
    return promise.finally(() => running.delete(promise));
  }

  return {
    name,
    flags: () => whileOpen(() => query((run, segments) => run<FlagSpan>(selectFlags, { segments }), [])),
    summarise: (asked) => whileOpen(() => query((run, segments) => summarise(run, segments, asked), noRecords)),
    close() {
      closing ??= (async () => {
        await Promise.allSettled(running);
        (await database?.catch(() => undefined))?.close();
      })();
      return closing;
    },
  };
}
