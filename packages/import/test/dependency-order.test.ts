import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependencyOrder } from '../src/dependency-order.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const graphs = fc.dictionary(
  fc.constantFrom(...names),
  fc.array(fc.constantFrom(...names, 'nobody'), { maxLength: 3 }),
);

describe('an order of dependencies', () => {
  it('has each name once, and behind all that it needs or among the endless', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { order, endless } = dependencyOrder(Object.keys(graph), (name) => graph[name] ?? []);
        expect([...order, ...endless].toSorted()).toEqual(Object.keys(graph).toSorted());
        for (const [index, name] of order.entries()) {
          const needed = (graph[name] ?? []).filter((each) => Object.hasOwn(graph, each));
          expect(order.slice(0, index)).toEqual(expect.arrayContaining(needed));
        }
        for (const name of endless)
          expect(endless).toEqual(expect.arrayContaining([expect.toBeOneOf(graph[name] ?? [])]));
      }),
    );
  });

  it('keeps the order of names that need nothing', () => {
    expect(dependencyOrder(['c', 'a', 'b'], (name) => (name === 'c' ? ['b'] : []))).toEqual({
      order: ['a', 'b', 'c'],
      endless: [],
    });
  });
});
