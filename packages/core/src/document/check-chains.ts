import type { Review } from './review.ts';

/** Names that lead to names are followed one by one, so a chain has an end that the stack can bear. */
const MAX_DEPTH = 32;

/** Each is followed as often as it is named, and two that name the same two, which name the same two, would never end. */
const MAX_STEPS = 10_000;

/** Names of a document that lead to others of their kind. */
export interface Chains {
  readonly member: 'flags' | 'segments';
  readonly names: Iterable<string>;
  next(name: string): Iterable<string>;
  /** What a name in a circle does. */
  readonly circle: string;
  /** What is wrong where there are more than so many. */
  tooMany(many: string): string;
}

interface Reach {
  readonly depth: number;
  readonly steps: number;
}

const nowhere: Reach = { depth: 0, steps: 0 };

/** Refuses names that lead to themselves, directly or through others, and those from which an evaluation would go too far. */
export function checkChains({ member, names, next, circle, tooMany }: Chains, review: Review): void {
  const reached = new Map<string, Reach>();
  const refuse = (name: string, message: string): Reach => {
    review.refuseReference([member, name], message);
    return nowhere;
  };
  const reachOf = (name: string, trail: readonly string[]): Reach => {
    if (trail.includes(name)) {
      const around = [...trail.slice(trail.indexOf(name)), name].join(' → ');
      return refuse(name, `${circle}: ${around}; take one of them out`);
    }
    const known = reached.get(name);
    if (known !== undefined) return known;
    let reach = follow(name, trail);
    if (reach.depth > MAX_DEPTH) reach = refuse(name, tooMany(`${MAX_DEPTH} deep`));
    if (reach.steps > MAX_STEPS) reach = refuse(name, tooMany(`${MAX_STEPS} times over`));
    reached.set(name, reach);
    return reach;
  };
  const follow = (name: string, trail: readonly string[]): Reach => {
    let [depth, steps] = [trail.length, 0];
    if (depth < MAX_DEPTH) {
      depth = 0;
      for (const each of next(name)) {
        const beyond = reachOf(each, [...trail, name]);
        depth = Math.max(depth, beyond.depth);
        steps += beyond.steps;
      }
    }
    return { depth: depth + 1, steps: steps + 1 };
  };
  for (const name of names) reachOf(name, []);
}
