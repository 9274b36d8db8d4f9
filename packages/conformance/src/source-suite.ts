import assert from 'node:assert/strict';
import type { Reading, Source, SourceChange } from '@sluice/core';
import type { Runner } from './runner.ts';
import { type Told, told } from './told.ts';

/** A source, and the ways to change what it finds. */
export interface SourceUnderTest {
  readonly source: Source;
  /** Puts this document where the source finds it. */
  readonly write: (document: object) => Promise<void>;
  /** Puts something there that is no flag document. */
  readonly writeBad?: () => Promise<void>;
  /** Takes away what is there. */
  readonly remove?: () => Promise<void>;
}

export interface SourceSuiteOptions {
  /** What the tests call the source. */
  readonly name: string;
  /** Makes a source that nothing has been written to, at a place of its own. */
  readonly create: () => Promise<SourceUnderTest>;
  /** What cannot happen to the source, each with the reason. */
  readonly without?: {
    /** It can find something that is no flag document. */
    readonly badDocuments?: string;
    /** What it serves can go away. */
    readonly removal?: string;
    /** It tells of later states. */
    readonly watching?: string;
  };
}

/** What a provider relies on in every source. */
export function sourceSuite(runner: Runner, options: SourceSuiteOptions): void {
  const { describe, it } = runner;
  const { name, create, without = {} } = options;

  const test = (sentence: string, body: (under: SourceUnderTest) => Promise<void>): void =>
    it(sentence, async () => {
      const under = await create();
      try {
        await body(under);
      } finally {
        await under.source.close();
      }
    });

  describe(`source: ${name}`, () => {
    test('has a name for messages', async ({ source }) => {
      assert.ok(source.name.length > 0);
    });

    test('reads the document that was written last', async ({ source, write }) => {
      await write(document('a'));
      await write(document('b'));
      assert.deepEqual(await source.read(), { document: document('b'), warnings: [] });
      assert.deepEqual((await source.read()).document, document('b'));
    });

    test('reads a document that its writer can no longer edit', async ({ source, write }) => {
      const written = document('a');
      await write(written);
      written.flags.flag.control = 'b';
      assert.deepEqual((await source.read()).document, document('a'));
    });

    test('reads what is doubtful about a document along with it', async ({ source, write }) => {
      await write(doubtful);
      const { warnings } = await source.read();
      assert.deepEqual(
        warnings.map(({ severity, path }) => ({ severity, path })),
        [{ severity: 'warning', path: ['flags', 'flag', 'rollout', 'serve'] }],
      );
    });

    test('can be closed unread, twice and at once', async ({ source }) => {
      await Promise.all([source.close(), source.close()]);
      await source.close();
    });

    test('can be read again after it was closed', async ({ source, write }) => {
      await write(document('a'));
      await source.read();
      await source.close();
      await write(document('b'));
      assert.deepEqual((await source.read()).document, document('b'));
    });

    if (without.badDocuments === undefined) {
      test('rejects a read of what is no flag document, with every problem', async ({ source, write, writeBad }) => {
        await write(document('a'));
        await writeBad?.();
        await assert.rejects(source.read(), isDocumentError);
        await write(document('a'));
        assert.deepEqual((await source.read()).document, document('a'));
      });
    }

    if (without.removal === undefined) {
      test('rejects a read of nothing with an error that says something', async ({ source, write, remove }) => {
        await write(document('a'));
        await remove?.();
        await assert.rejects(source.read(), ({ message }: Error) => message.length > 0);
      });
    }

    if (without.watching === undefined) watchingTests(test, without);
  });
}

type Test = (sentence: string, body: (under: SourceUnderTest) => Promise<void>) => void;

function watchingTests(test: Test, without: NonNullable<SourceSuiteOptions['without']>): void {
  test('tells of each later document', async ({ source, write }) => {
    const changes = await readAndFollow(source, () => write(document('a')));
    for (const control of ['b', 'c', 'a']) {
      await write(document(control));
      assert.deepEqual(await changes.next(), { reading: { document: document(control), warnings: [] } });
    }
  });

  test('tells of a document that was written between the read and the watch', async ({ source, write }) => {
    await write(document('a'));
    await source.read();
    await write(document('b'));
    assert.deepEqual(documentOf(await follow(source).next()), document('b'));
  });

  test('tells nothing where the document is the same', async ({ source, write }) => {
    const changes = await readAndFollow(source, () => write(document('a')));
    await write(document('a'));
    await write(document('b'));
    assert.deepEqual(documentOf(await changes.next()), document('b'));
  });

  test('tells nothing once it is closed, and tells again whoever watches after that', async ({ source, write }) => {
    const before = await readAndFollow(source, () => write(document('a')));
    await source.close();
    await write(document('b'));
    const after = await readAndFollow(source, () => write(document('c')));
    await write(document('a'));
    assert.deepEqual(documentOf(await after.next()), document('a'));
    assert.deepEqual(before.untaken, []);
  });

  if (without.badDocuments === undefined) {
    test('tells of what is no flag document as an error', async ({ source, write, writeBad }) => {
      const changes = await readAndFollow(source, () => write(document('a')));
      await writeBad?.();
      assert.ok(isDocumentError((await changes.next()).error));
      await write(document('b'));
      assert.deepEqual(documentOf(await changes.next()), document('b'));
    });

    test('tells that it is well again, also with the document it had before', async ({ source, write, writeBad }) => {
      const changes = await readAndFollow(source, () => write(document('a')));
      await writeBad?.();
      assert.ok(isDocumentError((await changes.next()).error));
      await write(document('a'));
      assert.deepEqual(documentOf(await changes.next()), document('a'));
    });

    test('tells of the first good document after a read that was rejected', async ({ source, write, writeBad }) => {
      await writeBad?.();
      await assert.rejects(source.read(), isDocumentError);
      const changes = follow(source);
      await write(document('a'));
      assert.deepEqual(documentOf(await changes.nextReading()), document('a'));
    });
  }

  if (without.removal === undefined) {
    test('tells when there is nothing any more, and when there is again', async ({ source, write, remove }) => {
      const changes = await readAndFollow(source, () => write(document('a')));
      await remove?.();
      assert.ok((await changes.next()).error instanceof Error);
      await write(document('a'));
      assert.deepEqual(documentOf(await changes.nextReading()), document('a'));
    });
  }
}

interface Changes extends Told<SourceChange> {
  /** The next that is no error: a source may see more than one bad state on its way to a good one. */
  nextReading(): Promise<SourceChange>;
}

function follow(source: Source): Changes {
  const changes = told<SourceChange>((listener) => source.watch?.(listener));
  return { ...changes, nextReading: () => changes.nextThat(({ error }) => error === undefined) };
}

async function readAndFollow(source: Source, write: () => Promise<void>): Promise<Changes> {
  await write();
  await source.read();
  return follow(source);
}

function documentOf(change: SourceChange): Reading['document'] | undefined {
  return change.reading?.document;
}

/** By its shape: an adapter may have loaded another copy of core. */
function isDocumentError(error: unknown): boolean {
  const { name, problems } = error as { readonly name?: unknown; readonly problems?: unknown };
  return name === 'DocumentError' && Array.isArray(problems) && problems.length > 0;
}

function document(control: string) {
  return { sluice: 1, flags: { flag: { variants: { a: 'A', b: 'B', c: 'C' }, control } } };
}

/** A rollout that serves control changes nothing. */
const doubtful = {
  sluice: 1,
  flags: { flag: { variants: { a: 'A' }, control: 'a', rollout: { percentage: 5, serve: 'a' } } },
};
