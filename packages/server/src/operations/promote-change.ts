import type { Document, Flag, Rule } from '@sluice/core';
import type { DocumentChange } from './document-change.ts';
import { controlOf, flagOf, requireVariant, ruleName } from './named-flag.ts';
import type { PromoteChange } from './operations.ts';
import { nextStage } from './percentage-change.ts';

/** The variant becomes the control, and the flag's own rollout and ramp end. Rules go on as they are. */
export function promoteEdit(document: Document, key: string, { variant }: PromoteChange): DocumentChange {
  const flag = flagOf(document, key);
  requireVariant(key, flag, variant);
  const before = controlOf(flag);
  const ended = (['rollout', 'ramp'] as const).filter((member) => flag[member] !== undefined);
  if (before === variant && ended.length === 0) {
    return { edits: [], summary: `${key}: ${variant} stays control`, notes: ['Nothing was changed.'] };
  }
  const path = ['flags', key];
  const promoted = before === variant ? [] : [{ path: [...path, 'control'], value: variant }];
  const removed = ended.map((member) => ({ path: [...path, member], value: undefined }));
  // Another control is another comparison, whose outcomes may not be added to the old one's.
  const stages = (flag.rules ?? []).flatMap(({ rollout }, index) =>
    before === variant || rollout === undefined ? [] : nextStage(rollout, [...path, 'rules', index, 'rollout']),
  );
  const was = before === null ? "was the caller's own default" : `was ${before}`;
  return {
    edits: [...promoted, ...removed, ...stages],
    summary:
      before === variant ? `${key}: rollout ended, ${variant} stays control` : `${key}: promoted ${variant}, ${was}`,
    notes: [...ruleNotes(flag, variant), ...targetNotes(flag, variant)],
  };
}

function ruleNotes({ rules = [] }: Flag, control: string): readonly string[] {
  return rules.flatMap((rule, index) => {
    const note = ruleNote(rule, control);
    return note === undefined ? [] : [`Rule ${ruleName(rule, index)} ${note}`];
  });
}

function ruleNote({ serve, rollout }: Rule, control: string): string | undefined {
  if (serve === control) return `serves ${control}, which is control now, so it could go.`;
  if (serve !== undefined) return `goes on serving ${serve}.`;
  if (rollout === undefined) return undefined;
  if (rollout.serve === control)
    return `rolls out ${control}, which is control now, so it compares nothing and could go.`;
  return `goes on comparing ${rollout.serve ?? 'its split'} with ${control}, at ${rollout.percentage}%.`;
}

function targetNotes({ targets = {} }: Flag, control: string): readonly string[] {
  return Object.keys(targets)
    .filter((variant) => variant !== control)
    .map((variant) => `Targets go on serving ${variant}.`);
}
