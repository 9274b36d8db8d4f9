import type { Path } from '@sluice/core';
import type { ConditionNotes, ExportNoting } from './export-report.ts';

/** What is to be known of a flag's conditions, each once. */
export function noteConditions(key: string, path: Path, notes: ConditionNotes, noting: ExportNoting): void {
  const { types, dotted, versions, times } = notes;
  if (types.size > 0) {
    const attributes = [...types].map(([attribute, each]) => `${attribute} (${[...each].join('; ')})`);
    noting.note(
      'attribute-types',
      path,
      `${key} is answered alike where its attributes are of these types, or missing: ${attributes.join(', ')}. With others flagd ` +
        'fails, and the application gets its own default, or it reads something into them. Send one type.',
    );
  }
  if (dotted.size > 0) {
    noting.note(
      'dotted-attribute',
      path,
      `${key} reads ${[...dotted].join(', ')}, which flagd finds within objects only, and not where an attribute has the whole name`,
    );
  }
  if (versions.size > 0) {
    noting.note(
      'version-text',
      path,
      `${key} reads versions in ${[...versions].join(', ')}: flagd takes one or two numbers and a leading V for a version too; ` +
        'send whole versions',
    );
  }
  for (const at of times) {
    noting.note(
      'time-in-seconds',
      at,
      `${key} asks the time, of which flagd knows whole seconds: it may be a second off`,
    );
  }
}
