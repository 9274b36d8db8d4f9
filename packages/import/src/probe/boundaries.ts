import type { CompiledFlag, CompiledFlags, CompiledRollout } from '@sluice/core';

/** Made-up units that are looked through for those nearest to a boundary. */
const LOOKED_THROUGH = 20_000;

/** Most rollouts that are looked at, as a document may have thousands. */
const MOST_ROLLOUTS = 100;

/** Units that rollouts place next to where they enter: the first that would move if a boundary moved. */
export function boundaryUnits(flags: CompiledFlags): readonly string[] {
  const found = new Set<string>();
  let looked = 0;
  for (const key of flags.flags.keys()) {
    for (const rollout of rolloutsOf(flags.flags.get(key))) {
      if (looked++ >= MOST_ROLLOUTS) return [...found];
      for (const unit of nearest(rollout)) found.add(unit);
    }
  }
  return [...found];
}

function rolloutsOf(flag: CompiledFlag | undefined): readonly CompiledRollout[] {
  return [flag?.rollout, ...(flag?.rules ?? []).map(({ rollout }) => rollout)].filter((each) => each !== undefined);
}

/** On either side of each boundary, the nearest unit. */
function nearest({ vendor, enter, parts }: CompiledRollout): readonly string[] {
  if (vendor === undefined) return [];
  const { bucketing, salt, splitSalt } = vendor;
  let cumulated = 0;
  const cuts = parts.map(({ share }) => {
    cumulated += share;
    return cumulated * bucketing.scale;
  });
  const boundaries = [enter, ...cuts].filter((each) => each > 0 && each < bucketing.scale);
  const sides = boundaries.map(() => ({ below: { unit: '', gap: Infinity }, above: { unit: '', gap: Infinity } }));
  for (let index = 0; index < LOOKED_THROUGH && boundaries.length > 0; index++) {
    const unit = `near-${index}`;
    const places = [bucketing.place(salt, unit), bucketing.place(splitSalt, unit)];
    for (const [at, boundary] of boundaries.entries()) {
      const gap = (places[at === 0 ? 0 : 1] ?? 0) - boundary;
      const side = sides[at]?.[gap < 0 ? 'below' : 'above'];
      if (side !== undefined && Math.abs(gap) < side.gap) Object.assign(side, { unit, gap: Math.abs(gap) });
    }
  }
  return sides.flatMap(({ below, above }) => [below.unit, above.unit]).filter((unit) => unit !== '');
}
