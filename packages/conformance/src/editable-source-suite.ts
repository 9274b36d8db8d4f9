import assert from 'node:assert/strict';
import type { ConflictError, DocumentEdit, DocumentText, EditableSource, SourceChange } from '@sluice/core';
import type { Runner } from './runner.ts';
import { told } from './told.ts';

/** Sources on one place that holds no document. */
export interface EditableSourcesUnderTest {
  readonly source: EditableSource;
  /** Another on the same place: it shares nothing with the first but the place. */
  readonly other: EditableSource;
}

export interface EditableSourceSuiteOptions {
  /** What the tests call the source. */
  readonly name: string;
  /** Makes sources at a place of their own. */
  readonly create: () => EditableSourcesUnderTest | Promise<EditableSourcesUnderTest>;
}

/** What an operator relies on in every source whose document can be replaced. Run `sourceSuite` on it too. */
export function editableSourceSuite(runner: Runner, { name, create }: EditableSourceSuiteOptions): void {
  const { describe, it } = runner;

  const test = (sentence: string, body: (under: EditableSourcesUnderTest) => Promise<void>): void =>
    it(sentence, async () => {
      const under = await create();
      try {
        await body(under);
      } finally {
        await Promise.all([under.source.close(), under.other.close()]);
      }
    });

  describe(`editable source: ${name}`, () => {
    test('has no text before the first is written', async ({ source }) => {
      assert.equal(await source.readText(), undefined);
    });

    test('keeps a text byte for byte, comments and order included', async ({ source, other }) => {
      let expected: string | null = null;
      for (const text of [commented, asJson, `${yaml('a')}\n`, yaml('b')]) {
        const revision: string = await source.writeText(edit({ text, expected }));
        assert.deepEqual(await source.readText(), { text, revision });
        assert.deepEqual(await other.readText(), { text, revision });
        expected = revision;
      }
    });

    test('reads the document that was written', async ({ source, other }) => {
      await source.writeText(edit({ text: commented, expected: null }));
      const document = { sluice: 1, flags: { flag: { variants: { b: 'B ü 😀', a: 'A' }, control: 'a' } } };
      assert.deepEqual((await source.read()).document, document);
      assert.deepEqual((await other.read()).document, document);
    });

    test('gives texts that differ revisions that differ', async ({ source }) => {
      const first = await source.writeText(edit({ text: yaml('a'), expected: null }));
      const second = await source.writeText(edit({ text: yaml('b'), expected: first }));
      const third = await source.writeText(edit({ text: `${yaml('b')} # c\n`, expected: second }));
      assert.equal(new Set([first, second, third]).size, 3);
    });

    test('refuses an edit that was made from an older text, and writes nothing', async ({ source, other }) => {
      const old = await source.writeText(edit({ text: yaml('a'), expected: null }));
      const now = await other.writeText(edit({ text: yaml('b'), expected: old }));
      for (const expected of [old, null, 'never']) {
        const late = edit({ text: yaml('c'), expected });
        await assertConflict(source.writeText(late), late, { text: yaml('b'), revision: now });
      }
      assert.deepEqual(await source.readText(), { text: yaml('b'), revision: now });
      assert.equal((await source.audit(10)).length, 2);
    });

    test('refuses an edit of a document that is not there', async ({ source }) => {
      const late = edit({ text: yaml('a'), expected: 'never' });
      await assertConflict(source.writeText(late), late, undefined);
      assert.equal(await source.readText(), undefined);
    });

    for (const found of ['a document', 'no document'] as const) {
      test(`lets one of ten win who edit at once where there is ${found}`, async ({ source, other }) => {
        const expected =
          found === 'a document' ? await source.writeText(edit({ text: yaml('a'), expected: null })) : null;
        const before = (await source.audit(100)).length;
        const edits = Array.from({ length: 10 }, (_, index) => edit({ text: `${yaml('b')} # ${index}\n`, expected }));
        const results = await Promise.allSettled(
          edits.map((each, index) => (index % 2 === 0 ? source : other).writeText(each)),
        );
        const winner = results.findIndex(({ status }) => status === 'fulfilled');
        const won = results[winner];
        assert.ok(won?.status === 'fulfilled', 'nobody won');
        const current = { text: edits[winner]?.text ?? '', revision: won.value };
        assert.deepEqual(await source.readText(), current);
        for (const [index, result] of results.entries()) {
          if (index === winner) continue;
          const attempt = result.status === 'fulfilled' ? Promise.resolve() : Promise.reject(result.reason);
          await assertConflict(attempt, edits[index] as DocumentEdit, current);
        }
        assert.equal((await source.audit(100)).length, before + 1);
      });
    }

    test('refuses a text that is no document with every problem, and writes nothing', async ({ source }) => {
      const revision = await source.writeText(edit({ text: yaml('a'), expected: null }));
      for (const text of ['', 'sluice: 1\nflagz: {}\n', yaml('nobody'), 'a: [', '{"sluice": 2}']) {
        await assert.rejects(source.writeText(edit({ text, expected: revision })), isDocumentError);
      }
      assert.deepEqual(await source.readText(), { text: yaml('a'), revision });
      assert.equal((await source.audit(10)).length, 1);
    });

    test('audits each edit: what changed, from where to where, by whom and why, newest first', async (under) => {
      const { source, other } = under;
      assert.deepEqual(await source.audit(10), []);
      const first = await source.writeText(edit({ text: yaml('a'), expected: null }));
      const theirs = { by: 'Ünal 😀', why: 'a "quoted"\r\nreason', summary: 'flag: control a → b' };
      const second = await other.writeText({ text: yaml('b'), expected: first, ...theirs });
      const entries = await source.audit(10);
      for (const { at } of entries) assert.ok(Number.isSafeInteger(at) && at > 0);
      assert.deepEqual(
        entries.map(({ at: _, ...entry }) => entry),
        [
          { action: 'document', ...theirs, from: first, to: second },
          { action: 'document', ...author, from: null, to: first },
        ],
      );
      assert.deepEqual(await source.audit(1), entries.slice(0, 1));
    });

    test('tells whoever watches of what it or another wrote', async ({ source, other }) => {
      const first = await source.writeText(edit({ text: yaml('a'), expected: null }));
      await source.read();
      const changes = told<SourceChange>((listener) => source.watch?.(listener));
      const second = await other.writeText(edit({ text: yaml('b'), expected: first }));
      assert.equal(controlOf(await changes.next()), 'b');
      await source.writeText(edit({ text: yaml('c'), expected: second }));
      assert.equal(controlOf(await changes.next()), 'c');
    });
  });
}

async function assertConflict(
  attempt: Promise<unknown>,
  { expected, text }: DocumentEdit,
  current: DocumentText | undefined,
): Promise<void> {
  // By its shape: an adapter may have loaded another copy of core.
  await assert.rejects(attempt, (error: ConflictError) => {
    const { name, expected: from, current: now, attempted } = error;
    assert.deepEqual(
      { name, expected: from, current: now, attempted },
      { name: 'ConflictError', expected, current, attempted: text },
    );
    return true;
  });
}

function isDocumentError(error: unknown): boolean {
  const { name, problems } = error as { readonly name?: unknown; readonly problems?: unknown };
  return name === 'DocumentError' && Array.isArray(problems) && problems.length > 0;
}

function controlOf({ reading }: SourceChange): string | null | undefined {
  return reading?.document.flags?.['flag']?.control;
}

const author = { by: 'ann', why: 'a new model', summary: 'the document was made' };

function edit(fields: Pick<DocumentEdit, 'text' | 'expected'>): DocumentEdit {
  return { ...author, ...fields };
}

function yaml(control: string): string {
  return `sluice: 1\nflags:\n  flag: { variants: { a: A, b: B, c: C }, control: ${control} }`;
}

const commented = `# Écrit à la main 😀\r
sluice: 1   # the format\r
flags:\r
  flag:\r
    variants: { b: "B ü 😀", a: 'A' }   # b first\r
    control: a\r
`;

const asJson = '{ "flags": {\t"flag": { "variants": { "a": "A" }, "control": "a" } },\n "sluice": 1 }';
