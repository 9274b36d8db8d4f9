import { canonicalJson, fingerprint } from './canonical.ts';
import type { Flag, Rule } from './document.ts';

/**
 * Names the period in which nothing about a rollout changed: outcomes of two stages are never added up.
 *
 * The writer's own count where there is one; else a hash of what may not change within a stage: percentage, split, salt,
 * unit and payloads, and for a rule its condition, which says whom it is about. A rule's stage carries the rule's name,
 * because two rules may both be at their third.
 */
export function stageOf(key: string, flag: Flag, variants: Flag['variants'], rule?: Rule, index = 0): string {
  const rollout = rule === undefined ? flag.rollout : rule.rollout;
  if (rollout === undefined) return '';
  const { stage, ...served } = rollout;
  const name =
    stage === undefined
      ? fingerprint(
          canonicalJson([served, flag.salt ?? key, flag.unit ?? 'targetingKey', variants, rule?.when ?? null]),
        ).slice(0, 8)
      : String(stage);
  return rule === undefined ? name : `${rule.name ?? `rule-${index + 1}`}/${name}`;
}
