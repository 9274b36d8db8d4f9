import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SwitchState } from '../src/contracts/switches.ts';
import type { Document } from '../src/document/document.ts';
import { changedFlags, switchedFlags } from '../src/evaluation/changes.ts';
import { compileDocument } from '../src/evaluation/compile.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import type { SwitchesInForce } from '../src/evaluation/situation.ts';
import { document } from './arbitraries.ts';
import { context } from './condition-arbitraries.ts';
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

  it('names a flag that is killed, or alive again', () => {
    const killed = { ...base, flags: { ...base.flags, payload: { ...base.flags?.['payload'], killed: true } } };
    expect(changes(base, killed as Document)).toEqual(['payload']);
    expect(changes(killed as Document, base)).toEqual(['payload']);
  });

  it('names what only one of them shows to clients, and not what rests on it', () => {
    const shown = { ...base, switches: { s: { audience: 'client' }, t: {} } } as const;
    expect(changes(base, shown)).toEqual(['s']);
    expect(changes(shown, base)).toEqual(['s']);
    expect(
      changes(base, { ...base, flags: { ...base.flags, guarded: { requires: ['s'], audience: 'client' } } }),
    ).toEqual(['guarded']);
    expect(changes(base, { ...base, switches: { s: { audience: 'server' }, t: {} } })).toEqual([]);
  });

  it('names them in byte order', () => {
    const flags = { '😀': {}, '\uff21': {}, b: {}, a: {} };
    expect(changes({ sluice: 1 }, { sluice: 1, flags })).toEqual(['a', 'b', '\uff21', '😀']);
  });
});

describe('switchedFlags', () => {
  const state = (on: boolean, retryAfterSeconds?: number): SwitchState => ({
    ...{ on, since: 1, by: 'ada', why: '' },
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
  const states = (
    switches: Record<string, SwitchState> = {},
    flags: Record<string, SwitchState> = {},
  ): SwitchesInForce => ({ switches: new Map(Object.entries(switches)), flags: new Map(Object.entries(flags)) });
  const flags = compileDocument({
    sluice: 1,
    switches: { s: {}, off: { enabled: false, retryAfterSeconds: 60 } },
    flags: {
      guarded: { requires: ['s'] },
      child: { rules: [{ when: { a: 1 }, prerequisites: { guarded: ['on'] }, serve: 'on' }] },
      dead: { killed: true },
      other: {},
      undeclared: { prerequisites: { other: ['on'] } },
    },
  });
  const both = (before: SwitchesInForce, after: SwitchesInForce): readonly string[] => {
    expect(switchedFlags(flags, after, before)).toEqual(switchedFlags(flags, before, after));
    return switchedFlags(flags, before, after);
  };

  it('names a switch, the flags that require it and those that ask for one of these', () => {
    expect(both(states(), states({ s: state(false) }))).toEqual(['child', 'guarded', 's']);
    expect(both(states({ s: state(false) }), states({ s: state(false, 5) }))).toEqual(['child', 'guarded', 's']);
    expect(both(states(), states({ unknown: state(true) }))).toEqual(['unknown']);
  });

  it('names a flag that was killed, or is alive again, and those that ask for it', () => {
    expect(both(states(), states({}, { guarded: state(false) }))).toEqual(['child', 'guarded']);
    expect(both(states(), states({}, { other: state(false) }))).toEqual(['other', 'undeclared']);
    expect(both(states(), states({}, { dead: state(true) }))).toEqual(['dead']);
  });

  it('names nothing where a state says what the document says, or nothing is known of it', () => {
    expect(
      both(states(), states({ s: state(true), off: state(false) }, { dead: state(false), other: state(true) })),
    ).toEqual([]);
    expect(both(states(), states({}, { nobody: state(false) }))).toEqual([]);
  });

  it('names everything whose answer differs', () => {
    const some = fc.dictionary(fc.constantFrom('ai-agent', 'search', 'new'), fc.boolean(), { noNullPrototype: true });
    const made = (each: Record<string, boolean>): Record<string, SwitchState> =>
      Object.fromEntries(Object.entries(each).map(([key, on]) => [key, state(on)]));
    const situations = (keys: readonly string[]) =>
      fc
        .tuple(some, fc.dictionary(fc.constantFrom('a', 'b', ...keys), fc.boolean(), { noNullPrototype: true }))
        .map(([switches, killed]) => states(made(switches), made(killed)));
    let differing = 0;
    fc.assert(
      fc.property(
        fc
          .oneof(document, targetedDocument)
          .chain((each) =>
            fc.tuple(
              fc.constant(each),
              situations(Object.keys(each.flags ?? {})),
              situations(Object.keys(each.flags ?? {})),
            ),
          ),
        context,
        ([each, before, after], given) => {
          const compiled = compileDocument(each);
          const named = switchedFlags(compiled, before, after);
          for (const key of [...compiled.flags.keys(), ...compiled.switches.keys(), 'new']) {
            const [old, young] = [before, after].map((switches) => evaluate(compiled, key, given, { switches }));
            if (JSON.stringify(old) === JSON.stringify(young)) continue;
            differing++;
            expect(named).toContain(key);
          }
        },
      ),
    );
    expect(differing).toBeGreaterThan(50);
  });
});
