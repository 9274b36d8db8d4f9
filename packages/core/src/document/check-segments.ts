import type { Condition } from './condition.ts';
import type { Review } from './review.ts';
import { segmentsIn } from './segments.ts';

/** Segments that name segments are followed one by one, so a chain has an end that the stack can bear. */
const MAX_DEPTH = 32;

/** Refuses segments that hold themselves, directly or through others. */
export function checkSegments(segments: ReadonlyMap<string, Condition>, review: Review): void {
  const depths = new Map<string, number>();
  const depthOf = (name: string, trail: readonly string[]): number => {
    if (trail.includes(name)) {
      const cycle = [...trail.slice(trail.indexOf(name)), name].join(' → ');
      review.refuseReference(['segments', name], `holds itself: ${cycle}; take one of them out`);
      return 0;
    }
    const known = depths.get(name);
    if (known !== undefined) return known;
    const condition = segments.get(name);
    if (condition === undefined) return 0;
    let depth = trail.length + 1;
    if (depth <= MAX_DEPTH) {
      const inner = [...segmentsIn(condition)].map(([each]) => depthOf(each, [...trail, name]));
      depth = 1 + Math.max(0, ...inner);
    }
    if (depth > MAX_DEPTH) {
      review.refuseReference(['segments', name], `names segments more than ${MAX_DEPTH} deep; write some of them out`);
      depth = 0;
    }
    depths.set(name, depth);
    return depth;
  };
  for (const name of segments.keys()) depthOf(name, []);
}
