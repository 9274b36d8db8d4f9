import { Random } from '../random.ts';
import type { Definitions, Dependency, Feature, Segment } from './definitions.ts';
import { generateConstraint } from './generate-constraint.ts';
import { generateStrategy, generateVariants, withPayloads } from './generate-strategy.ts';

const names = ['checkout', 'ai.model', 'Hellø 中', 'with space', '7', 'a/b', 'UPPER', 'toString'];

/** Definitions in which nothing is left out by the importer; all are made from the seed. */
export function generateDefinitions(seed: number): Definitions {
  const random = Random.ofSeed(seed);
  const segments: readonly Segment[] = random.times(1, 3, (index) => ({
    id: index + 1,
    name: random.pick(['staff', 'beta', 'Zürich 1', `only ${index}`]),
    constraints: random.times(0, 2, () => generateConstraint(random)),
  }));
  const features = names.map((name) => generateFeature(random, name, segments.length));
  const children = features.slice(0, 3).map((parent, index): Feature => {
    const child = generateFeature(random, `child ${index}`, segments.length);
    return {
      ...child,
      dependencies: [
        generateDependency(random, parent),
        ...(random.chance(0.2) ? [generateDependency(random, features[4] ?? parent)] : []),
      ],
    };
  });
  return { version: 2, features: [...features, ...children], segments };
}

function generateFeature(random: Random, name: string, segments: number): Feature {
  const strategies = random.times(0, 3, () => generateStrategy(random, name, segments));
  const type = random.pick(['string', 'csv', 'number', 'json', 'none']);
  return {
    name,
    enabled: random.chance(0.92),
    ...(random.chance(0.3) && { description: `about ${name}` }),
    ...(random.chance(0.1) && { impressionData: true }),
    strategies: strategies.map(({ variants, ...strategy }) =>
      variants === undefined ? strategy : { ...strategy, variants: withPayloads(variants, type, random) },
    ),
    ...(random.chance(0.5) && { variants: withPayloads(generateVariants(random), type, random) }),
  };
}

function generateDependency(random: Random, parent: Feature): Dependency {
  const kind = random.below(4);
  if (kind === 0) return { feature: parent.name, enabled: false };
  if (kind === 1) return { feature: parent.name };
  const lists = [parent.variants ?? [], ...parent.strategies.map(({ variants }) => variants ?? [])].flat();
  const variants = lists.map(({ name }) => name).filter(() => random.chance(0.6));
  return { feature: parent.name, enabled: true, variants: random.chance(0.1) ? [...variants, 'disabled'] : variants };
}
