import { isRecord } from '../plain-json.ts';
import type { Environment } from './environment.ts';
import type { FlagsmithNoting } from './flagsmith-report.ts';

/** Notes what the environment, its project and its organisation say beyond the states of features. */
export function noteSettings(input: unknown, environment: Environment, noting: FlagsmithNoting): void {
  const page: unknown = Array.isArray(input) ? input[0] : input;
  if (!isRecord(page)) return;
  const path = Array.isArray(input) ? [0] : [];
  const project = isRecord(page['project']) ? page['project'] : {};
  const organisation = isRecord(project['organisation']) ? project['organisation'] : {};
  if (page['use_identity_composite_key_for_hashing'] === false) {
    noting.note(
      'identity-hashing',
      [...path, 'use_identity_composite_key_for_hashing'],
      'the API hashed identities by their ids in its database, the SDK by their identifiers; who was evaluated by the API may get another variant',
    );
  }
  if (page['hide_disabled_flags'] === true || project['hide_disabled_flags'] === true) {
    noting.note(
      'hidden-when-disabled',
      page['hide_disabled_flags'] === true
        ? [...path, 'hide_disabled_flags']
        : [...path, 'project', 'hide_disabled_flags'],
      'the API hides features that are disabled, values included; the SDK, in local evaluation, answers them, and so does Sluice',
    );
  }
  const hidden = project['server_key_only_feature_ids'];
  if (Array.isArray(hidden) && hidden.length > 0) {
    noting.note(
      'server-side-only',
      [...path, 'project', 'server_key_only_feature_ids'],
      'these features were never sent to clients, which Sluice has no word for; keep them in a document that only servers read',
    );
  }
  if (organisation['stop_serving_flags'] === true) {
    noting.note(
      'stopped-organisation',
      [...path, 'project', 'organisation', 'stop_serving_flags'],
      'the API serves this organisation nothing; the document is carried as if it did',
    );
  }
  const [identity] = environment.identities;
  if (identity !== undefined) {
    noting.note(
      'remembered-traits',
      identity.path.slice(0, -1),
      'between two polls the SDK remembers the traits of identities with overrides, those in the document and those of earlier calls; Sluice reads those of the context alone',
    );
  }
  if (environment.segments.some(({ rules }) => rules.length > 0)) {
    noting.note(
      'list-or-object-trait',
      [...path, 'project', 'segments'],
      'the SDK takes an object with a value for that value, and prints lists; hand in traits that are texts, numbers or booleans',
    );
  }
}
