import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document/document.ts';
import { changedFlags } from '../src/evaluation/changes.ts';
import { compileDocument } from '../src/evaluation/compile.ts';
import { document } from './arbitraries.ts';
import { targetedDocument } from './targeted-documents.ts';
import { turned } from './turned.ts';

const changes = (before: Document, after: Document) => changedFlags(compileDocument(before), compileDocument(after));

describe('changedFlags', () => {
  it('names exactly the flags whose definition changed', () => {
    fc.assert(
      fc.property(document, fc.infiniteStream(fc.constantFrom('keep', 'change', 'remove')), (each, fates) => {
        const flags: Record<string, object> = {};
        const changed: string[] = [];
        for (const [key, flag] of Object.entries(each.flags ?? {})) {
          const fate = fates.next().value;
          if (fate !== 'keep') changed.push(key);
          if (fate !== 'remove') flags[key] = fate === 'change' ? { ...flag, salt: `${flag.salt ?? key}!` } : flag;
        }
        expect([...changes(each, { ...each, flags })].sort()).toEqual(changed.sort());
        expect([...changes({ ...each, flags }, each)].sort()).toEqual(changed.sort());
      }),
    );
  });

  it('names nothing where only the order or the version changed', () => {
    fc.assert(
      fc.property(fc.oneof(document, targetedDocument), (each) => {
        const other = { ...(turned(each) as Document), version: 'another', flagSetId: 'another' };
        expect(changes(each, other)).toEqual([]);
      }),
    );
  });

  const base: Document = {
    sluice: 1,
    switches: { s: {}, t: {} },
    segments: { inner: { when: { a: 1 } }, outer: { when: { inSegment: 'inner' } }, other: { when: { a: 2 } } },
    flags: {
      guarded: { requires: ['s'] },
      'in-outer': { rules: [{ when: { any: [{ inSegment: ['outer'] }] }, serve: 'on' }] },
      'in-other': { rules: [{ when: { inSegment: 'other' }, serve: 'on' }] },
      payload: { variants: { a: { inSegment: 'inner' } }, control: 'a' },
    },
  };

  it('names a switch that changed, and the flags that require it', () => {
    expect(changes(base, { ...base, switches: { s: { enabled: false }, t: {} } })).toEqual(['guarded', 's']);
    expect(changes(base, { ...base, switches: { s: {}, t: { retryAfterSeconds: 1 } } })).toEqual(['t']);
    expect(changes(base, { ...base, switches: { s: {} } })).toEqual(['t']);
    expect(changes(base, { ...base, switches: { s: { description: 'x', retryAfterSeconds: 300 }, t: {} } })).toEqual(
      [],
    );
  });

  it('names the flags behind which a segment changed, and no others', () => {
    const segments = { ...base.segments, inner: { when: { a: 3 } } };
    expect(changes(base, { ...base, segments })).toEqual(['in-outer']);
    expect(changes(base, { ...base, segments: { ...base.segments, other: { when: { a: 3 } } } })).toEqual(['in-other']);
    expect(changes(base, { ...base, segments: { ...base.segments, unused: { when: { a: 3 } } } })).toEqual([]);
  });

  it('names the flags whose layer, holdout or prerequisite changed, in turn, and no others', () => {
    const targeted: Document = {
      sluice: 1,
      switches: { s: {} },
      layers: { room: { slots: 2 }, unused: { slots: 2 } },
      holdouts: { h: { percentage: 1 } },
      flags: {
        layered: { layer: { name: 'room', slots: [0, 1] } },
        held: { holdout: 'h' },
        child: { rules: [{ when: { a: 1 }, prerequisites: { held: ['on'] }, serve: 'on' }] },
        grandchild: { prerequisites: { child: ['on'] }, requires: ['s'] },
        'great-grandchild': { prerequisites: { grandchild: ['on'] } },
      },
    };
    const layers = { ...targeted.layers, room: { slots: 3 } };
    expect(changes(targeted, { ...targeted, layers })).toEqual(['layered']);
    expect(changes(targeted, { ...targeted, layers: { room: { slots: 2 } } })).toEqual([]);
    const holdouts = { h: { percentage: 2 } };
    expect(changes(targeted, { ...targeted, holdouts })).toEqual(['child', 'grandchild', 'great-grandchild', 'held']);
    const switches = { s: { enabled: false } };
    expect(changes(targeted, { ...targeted, switches })).toEqual(['grandchild', 'great-grandchild', 's']);
  });

  it('names them in byte order', () => {
    const flags = { '😀': {}, '\uff21': {}, b: {}, a: {} };
    expect(changes({ sluice: 1 }, { sluice: 1, flags })).toEqual(['a', 'b', '\uff21', '😀']);
  });
});
