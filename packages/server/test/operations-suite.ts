import { ConflictError, DocumentError, type EditableSource, type SwitchStore } from '@sluice/core';
import { parseText } from '@sluice/core/text';
import { describe, expect, it } from 'vitest';
import { OperationError, type Operations } from '../src/operations/operations.ts';

export interface OperationsUnderTest {
  readonly operations: Operations;
  /** What the operations change, seen from behind. */
  readonly source: EditableSource;
  /** Absent where the document itself is switched. */
  readonly switches?: SwitchStore;
}

export const commented = `# owned by the support team
sluice: 1
switches:
  ai-agent: { enabled: true,   retryAfterSeconds: 60 }   # no agent answers
  code-execution:
    enabled: false # since the audit
flags:
  support-model:   # the big one
    requires: [ ai-agent ]
    variants:
      gpt: "gpt-4o"   # safe
      claude: 'claude'
      mistral: mistral
    control: gpt
    rules:
      - { name: eu, when: { country: DE }, rollout: { percentage: 50, serve: claude, stage: 7 } }
      - { when: { plan: staff }, serve: claude } # the team
    rollout:
      percentage: 10  # since May
      serve: claude
      stage: 3
  search: {}   # boolean
  idle:
    killed: true
    variants: { a: 1, b: 2 }
    control: a
`;

const author = { by: 'ann', why: 'answers leak prompts' };

/** What an operator relies on wherever switches and document are kept. */
export function operationsSuite(
  name: string,
  place: 'store' | 'document',
  make: (text: string) => Promise<OperationsUnderTest>,
): void {
  describe(`operations: ${name}`, () => {
    it('turns a switch off and on again, and the overview says so', async () => {
      const { operations } = await make(commented);
      const killed = await operations.kill('ai-agent', { ...author, retryAfterSeconds: 30 });
      expect(killed).toMatchObject({ target: { switch: 'ai-agent' }, on: false, notes: [] });
      expect(await overviewOf(operations, 'ai-agent')).toMatchObject({
        on: false,
        declared: true,
        retryAfterSeconds: 30,
      });
      expect(await operations.restore('ai-agent', author)).toMatchObject({ target: { switch: 'ai-agent' }, on: true });
      expect(await overviewOf(operations, 'ai-agent')).toMatchObject({ on: true, declared: true });
    });

    it('kills a flag and restores it', async () => {
      const { operations } = await make(commented);
      expect(await operations.kill('search', author)).toMatchObject({ target: { flag: 'search' }, on: false });
      expect(await overviewOf(operations, 'search')).toMatchObject({ target: { flag: 'search' }, on: false });
      expect(await operations.restore('search', author)).toMatchObject({ target: { flag: 'search' }, on: true });
      expect((await operations.switches()).map(({ target }) => target)).not.toContainEqual({ flag: 'search' });
    });

    it('lists switches and killed flags in order of name', async () => {
      const { operations } = await make(commented);
      await operations.kill('search', author);
      const names = (await operations.switches()).map(({ target }) => target.switch ?? target.flag);
      expect(names).toEqual(['ai-agent', 'code-execution', 'idle', 'search']);
    });

    it('restores what the document itself says is off', async () => {
      const { operations } = await make(commented);
      expect(await operations.restore('code-execution', author)).toMatchObject({ on: true });
      expect(await overviewOf(operations, 'code-execution')).toMatchObject({ on: true });
      await operations.restore('idle', author);
      expect((await overviewOf(operations, 'idle'))?.on ?? true).toBe(true);
    });

    it('names what a mistyped name may have meant', async () => {
      const { operations } = await make(commented);
      const asked = operations.kill('ai-agnt', author);
      await expect(asked).rejects.toThrow(OperationError);
      await expect(asked).rejects.toThrow('ai-agnt is not a switch or a flag; did you mean ai-agent?');
      await expect(operations.setPercentage('serch', { ...author, percentage: 5 })).rejects.toThrow('search');
      await expect(operations.promote('support-model', { ...author, variant: 'calude' })).rejects.toThrow('claude');
      await expect(asked).rejects.toMatchObject({ reason: 'unknown' });
    });

    it('refuses a change without a reason', async () => {
      const { operations } = await make(commented);
      await expect(operations.kill('ai-agent', { by: 'ann', why: ' ' })).rejects.toThrow(/why/);
      await expect(operations.promote('search', { by: 'ann', why: '', variant: 'on' })).rejects.toThrow(/why/);
    });

    it('takes an undeclared switch where that is asked for, and then knows it', async () => {
      const { operations } = await make(commented);
      await operations.kill('fresh', { ...author, undeclared: true });
      expect(await overviewOf(operations, 'fresh')).toMatchObject({ on: false, declared: place === 'document' });
      await operations.kill('fresh', author);
      await operations.restore('fresh', author);
      expect((await overviewOf(operations, 'fresh'))?.on ?? true).toBe(true);
    });

    it('refuses names that no document could declare', async () => {
      const { operations } = await make(commented);
      for (const bad of ['a\u0000b', 'x'.repeat(300), '__proto__']) {
        await expect(operations.kill(bad, { ...author, undeclared: true })).rejects.toThrow(OperationError);
      }
    });

    it('finds no flag or switch by the name of what every object has', async () => {
      const { operations } = await make(commented);
      await expect(operations.kill('constructor', author)).rejects.toMatchObject({ reason: 'unknown' });
      await expect(operations.setPercentage('toString', { ...author, percentage: 1 })).rejects.toMatchObject({
        reason: 'unknown',
      });
    });

    it('sets a percentage, counts the stage on and leaves all other text alone', async () => {
      const { operations, source } = await make(commented);
      const receipt = await operations.setPercentage('support-model', { ...author, percentage: 25 });
      expect(receipt.summary).toBe('support-model: percentage 10 → 25');
      expect(await source.readText()).toEqual({
        revision: receipt.revision,
        text: commented.replace('percentage: 10 ', 'percentage: 25 ').replace('stage: 3', 'stage: 4'),
      });
    });

    it("sets the percentage of a rule's rollout", async () => {
      const { operations, source } = await make(commented);
      const receipt = await operations.setPercentage('support-model', { ...author, percentage: 60, rule: 'eu' });
      expect(receipt.summary).toBe('support-model, rule eu: percentage 50 → 60');
      expect((await flagOf(source, 'support-model'))?.rules?.[0]?.rollout).toMatchObject({ percentage: 60, stage: 8 });
    });

    it('writes nothing where the percentage is that already', async () => {
      const { operations, source } = await make(commented);
      const before = await source.readText();
      const receipt = await operations.setPercentage('support-model', { ...author, percentage: 10 });
      expect(receipt).toMatchObject({ revision: before?.revision, notes: ['Nothing was changed.'] });
      expect(await source.audit(9)).toEqual([]);
    });

    it('begins a rollout with the one variant that is not control, and asks where there are more', async () => {
      const { operations, source } = await make(commented.replace(/ {4}rollout:\n(.*\n){3}/, ''));
      await operations.setPercentage('search', { ...author, percentage: 1 });
      expect((await flagOf(source, 'search'))?.rollout).toEqual({ percentage: 1, serve: 'on' });
      const unclear = operations.setPercentage('support-model', { ...author, percentage: 1 });
      await expect(unclear).rejects.toThrow('claude, mistral');
      await operations.setPercentage('support-model', { ...author, percentage: 1, serve: 'mistral' });
      expect((await flagOf(source, 'support-model'))?.rollout).toEqual({ percentage: 1, serve: 'mistral' });
    });

    it('promotes a variant: it is control, rollout and ramp are gone, and notes say what the rules do', async () => {
      const { operations, source } = await make(commented);
      const receipt = await operations.promote('support-model', { ...author, variant: 'claude' });
      expect(receipt.summary).toBe('support-model: promoted claude, was gpt');
      expect(receipt.notes).toContain(
        'Rule eu rolls out claude, which is control now, so it compares nothing and could go.',
      );
      expect(receipt.notes).toContain('Rule rule-2 serves claude, which is control now, so it could go.');
      const flag = await flagOf(source, 'support-model');
      expect(flag).toMatchObject({ control: 'claude' });
      expect(flag).not.toHaveProperty('rollout');
      expect(flag?.rules?.[0]?.rollout?.stage).toBe(8);
      expect((await operations.promote('support-model', { ...author, variant: 'claude' })).notes).toEqual([
        'Nothing was changed.',
      ]);
    });

    it('shows both versions to whoever edits second', async () => {
      const { operations, source } = await make(commented);
      const seen = (await operations.document())?.revision ?? '';
      await operations.setPercentage('support-model', { ...author, percentage: 20, expected: seen });
      const current = await source.readText();
      const late = await operations
        .setPercentage('support-model', { ...author, percentage: 30, expected: seen })
        .catch((error: unknown) => error);
      expect(late).toBeInstanceOf(ConflictError);
      expect(late).toMatchObject({ expected: seen, current });
      expect((late as ConflictError).attempted).toContain('percentage: 30');
      expect(await source.readText()).toEqual(current);
    });

    it('replaces the document where it is still the one that was read', async () => {
      const { operations, source } = await make(commented);
      const text = commented.replace('percentage: 10', 'percentage: 11');
      const seen = (await operations.document())?.revision ?? '';
      const receipt = await operations.replaceDocument({ ...author, text, expected: seen });
      expect(receipt.summary).toBe('document replaced: support-model changed');
      expect(await operations.document()).toEqual({ text, revision: receipt.revision });
      const late = operations.replaceDocument({ ...author, text: commented, expected: seen });
      await expect(late).rejects.toMatchObject({ name: 'ConflictError', attempted: commented, current: { text } });
      expect(await source.readText()).toMatchObject({ text });
    });

    it('refuses a text that is no document, with line and column', async () => {
      const { operations, source } = await make(commented);
      const expected = (await operations.document())?.revision ?? '';
      const bad = operations.replaceDocument({ ...author, text: 'sluice: 1\nflags: 3\n', expected });
      await expect(bad).rejects.toThrow(DocumentError);
      await expect(bad).rejects.toMatchObject({ problems: [{ line: 2, column: 1, severity: 'error' }] });
      expect(await source.readText()).toMatchObject({ text: commented });
    });

    it('says who changed what and why, newest first', async () => {
      const { operations } = await make(commented);
      await operations.setPercentage('support-model', { ...author, percentage: 25 });
      await operations.kill('ai-agent', { by: 'ben', why: 'incident 42' });
      const entries = await operations.audit(9);
      expect(entries).toHaveLength(2);
      expect(entries.find(({ why }) => why === 'incident 42')?.by).toMatch(/ben$/);
      expect(entries.find(({ why }) => why === author.why)).toMatchObject({
        action: 'document',
        summary: 'support-model: percentage 10 → 25',
      });
      expect(await operations.audit(1)).toHaveLength(1);
    });
  });
}

async function overviewOf(operations: Operations, name: string) {
  return (await operations.switches()).find(({ target }) => (target.switch ?? target.flag) === name);
}

async function flagOf(source: EditableSource, key: string) {
  return parseText((await source.readText())?.text ?? '').document?.flags?.[key];
}
