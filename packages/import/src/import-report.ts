import type { Document, Path } from '@sluice/core';

/** What came of a vendor's definitions. */
export interface ImportResult {
  /** One that `parseDocument` accepts; `undefined` where nothing usable came out. */
  readonly document: Document | undefined;
  readonly report: ImportReport;
}

/** What was carried, what with a caveat and what could not be; nothing is guessed silently. */
export interface ImportReport {
  readonly vendor: VendorName;
  /** Constructs of the vendor's format that were carried, each with how often, such as `clause startsWith`. */
  readonly carried: Readonly<Record<string, number>>;
  /** In the order of the input. */
  readonly notes: readonly ImportNote[];
}

export type VendorName = 'launchdarkly' | 'unleash' | 'flagsmith' | 'flagd' | 'growthbook' | 'percentages';

export interface ImportNote {
  /** `caveat`: carried, and the same for everybody but those whom the message names. `lost`: not carried. */
  readonly severity: 'caveat' | 'lost';
  /** Of those that the vendor's importer can report, which one. */
  readonly code: string;
  /** Where in the vendor's input. */
  readonly path: Path;
  /** What it is about, for whom the answers may differ, and what to do. */
  readonly message: string;
}

/** One importer. */
export interface Importer {
  readonly vendor: VendorName;
  /** Every construct that it can carry: the keys that `carried` may have. */
  readonly constructs: readonly string[];
  /** Every note that it can make. */
  readonly codes: Readonly<Record<string, ImportNote['severity']>>;
  /** Never throws: input that means nothing is a result without a document and a note that says why. */
  convert(input: unknown, options?: ImportOptions): ImportResult;
}

export interface ImportOptions {
  /** Which environment's settings are meant, where the input holds several. @default the only one */
  readonly environment?: string | undefined;
}
