import type { Document, Flag, JsonValue } from '@sluice/core';
import type { ImportReport } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { exportFlag, type FlagdFlag } from './export-flag.ts';
import { type ExportCode, type ExportConstruct, type ExportNoting, exportCodes } from './export-report.ts';
import { exportSegments } from './export-segments.ts';

/** Flag definitions as flagd reads them, in a file or from its sources. */
export interface FlagdDefinitions {
  readonly $schema: string;
  readonly flags: Readonly<Record<string, FlagdFlag>>;
  readonly $evaluators?: Readonly<Record<string, JsonValue>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface FlagdExport {
  readonly definitions: FlagdDefinitions;
  /** What the definitions say in another way, and what they cannot say, as an import's report has it. */
  readonly report: ImportReport;
}

/** A document as definitions for flagd and for what is built on flagd-core 3 or later. */
export function exportFlagd(document: Document): FlagdExport {
  const noting: ExportNoting = new Noting<ExportConstruct, ExportCode>(exportCodes);
  const { segment, evaluators } = exportSegments(document, noting);
  const sayable = Object.entries(document.flags ?? {}).filter(([key, flag]) => hasNoLists(key, flag, noting));
  const flags = sayable.map(([key, flag]): [string, FlagdFlag] => {
    noteLosses(key, flag, noting);
    return [key, exportFlag(key, flag, { document, segment, noting })];
  });
  const left = (['switches', 'layers', 'holdouts', 'metrics'] as const).filter((part) => document[part] !== undefined);
  if (left.length > 0) noting.note('document', [], `has ${left.join(', ')}, of which flagd knows nothing`);
  const $evaluators = evaluators();
  const metadata = {
    ...(document.flagSetId === undefined ? {} : { flagSetId: document.flagSetId }),
    ...(document.version === undefined ? {} : { version: document.version }),
  };
  return {
    definitions: {
      $schema: 'https://flagd.dev/schema/v0/flags.json',
      ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
      ...(Object.keys($evaluators).length === 0 ? {} : { $evaluators }),
      flags: Object.fromEntries(flags),
    },
    report: noting.report('flagd'),
  };
}

/** flagd's schema knows objects and no lists. */
function hasNoLists(key: string, { variants = {} }: Flag, noting: ExportNoting): boolean {
  const [list] = Object.entries(variants).filter(([, value]) => Array.isArray(value));
  if (list === undefined) return true;
  const path = ['flags', key, 'variants', list[0]];
  noting.note(
    'list-variant',
    path,
    `${key} has a variant that is a list, which flagd has not, and so is left out; put it in an object`,
  );
  return false;
}

function noteLosses(key: string, flag: Flag, noting: ExportNoting): void {
  const path = ['flags', key];
  const silent = (['description', 'kind', 'risk', 'schema', 'ramp'] as const).filter(
    (member) => flag[member] !== undefined,
  );
  if (silent.length > 0) {
    noting.note(
      'not-about-answers',
      path,
      `${key} has ${silent.join(', ')}, of which flagd knows nothing; it answers the same`,
    );
  }
  if (flag.sticky !== undefined && flag.sticky !== false) {
    noting.note(
      'sticky',
      [...path, 'sticky'],
      `${key} is sticky, and flagd remembers nobody: units move when its weights change`,
    );
  }
  if (flag.whenDisabled !== undefined) {
    const now = flag.enabled === false ? 'as it is now, everybody gets' : 'once it is disabled, everybody gets';
    noting.note(
      'when-disabled',
      [...path, 'whenDisabled'],
      `${key} serves ${flag.whenDisabled} when it is disabled; in flagd, ${now} the application's own default`,
    );
  }
}
