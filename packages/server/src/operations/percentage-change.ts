import type { Document, Flag, Path, Rollout } from '@sluice/core';
import type { TextEdit } from '@sluice/core/text';
import type { DocumentChange } from './document-change.ts';
import { controlOf, flagOf, requireVariant, ruleOf, variantsOf } from './named-flag.ts';
import { OperationError, type PercentageChange } from './operations.ts';
import { requirePlaces, vendorEdits, vendorOf, vendorShare } from './vendor-percentage.ts';

/** Opens or narrows a rollout: a larger percentage only ever adds units, a smaller one only ever takes some away. */
export function percentageEdit(document: Document, key: string, change: PercentageChange): DocumentChange {
  const { percentage, rule, serve } = change;
  if (!(percentage >= 0 && percentage <= 100)) {
    throw new OperationError(`A percentage is from 0 to 100, not ${percentage}.`);
  }
  const flag = flagOf(document, key);
  const notes = idleNotes(key, flag);
  const { rollout, path } = rule === undefined ? flagRollout(key, flag) : ruleRollout(key, flag, rule);
  if (rollout === undefined) {
    const begun = begin(key, flag, percentage, serve);
    const summary = `${key}: rollout of ${begun.serve} begun at ${percentage}%`;
    return { edits: [{ path, value: begun }], summary, notes };
  }
  if (serve !== undefined && serve !== rollout.serve) {
    const served = rollout.serve ?? 'a split';
    throw new OperationError(
      `The rollout of ${key} serves ${served} already, so it cannot begin with ${serve}; edit the document for that.`,
    );
  }
  const what = rule === undefined ? key : `${key}, rule ${rule}`;
  const vendor = vendorOf(flag, rollout);
  const before = vendor === undefined ? rollout.percentage : vendorShare(what, flag, rollout, vendor);
  if (percentage === before) {
    return { edits: [], summary: `${what}: percentage stays ${percentage}`, notes: ['Nothing was changed.'] };
  }
  const opened =
    vendor === undefined
      ? [{ path: [...path, 'percentage'], value: percentage }]
      : vendorEdits(what, flag, rollout, path, percentage, vendor);
  const summary = `${what}: percentage ${before} → ${percentage}`;
  return { edits: [...opened, ...nextStage(rollout, path)], summary, notes };
}

/** A stage is a period in which nothing about a rollout changed, so whoever changes it counts on. */
export function nextStage({ stage }: Rollout, path: Path): readonly TextEdit[] {
  return stage === undefined ? [] : [{ path: [...path, 'stage'], value: stage + 1 }];
}

type Begun = Readonly<Record<'percentage', number> & Record<'serve', string>>;

interface FoundRollout {
  readonly rollout: Rollout | undefined;
  readonly path: Path;
}

function flagRollout(key: string, { rollout }: Flag): FoundRollout {
  return { rollout, path: ['flags', key, 'rollout'] };
}

function ruleRollout(key: string, flag: Flag, name: string): FoundRollout {
  const { rule, index } = ruleOf(key, flag, name);
  if (rule.rollout === undefined) {
    throw new OperationError(
      `Rule ${name} of ${key} serves ${rule.serve} to everyone who matches and has no rollout; write one in the document.`,
    );
  }
  return { rollout: rule.rollout, path: ['flags', key, 'rules', index, 'rollout'] };
}

function begin(key: string, flag: Flag, percentage: number, serve: string | undefined): Begun {
  const begun = { percentage, serve: serve ?? onlyCandidate(key, flag) };
  requireVariant(key, flag, begun.serve);
  if (begun.serve === controlOf(flag)) {
    throw new OperationError(
      `${begun.serve} is the control of ${key}, which everybody gets already; name another variant.`,
    );
  }
  const vendor = vendorOf(flag, begun);
  if (vendor !== undefined) requirePlaces(key, percentage, vendor);
  return begun;
}

function onlyCandidate(key: string, flag: Flag): string {
  const control = controlOf(flag);
  const candidates = Object.keys(variantsOf(flag)).filter((variant) => variant !== control);
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const choices = candidates.length === 0 ? 'there is none beside control' : `choose from ${candidates.join(', ')}`;
  throw new OperationError(`${key} has no rollout yet: say which variant it is to serve ("serve"); ${choices}.`);
}

/** Why nobody would see the change. */
function idleNotes(key: string, { enabled, killed }: Flag): readonly string[] {
  if (enabled === false) return [`${key} is not enabled, so nobody is in the rollout yet.`];
  return killed === true ? [`${key} is killed in the document, so everybody gets control until it is restored.`] : [];
}
