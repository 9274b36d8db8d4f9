import type { Path } from '@sluice/core';
import type { ImportNote, ImportReport, VendorName } from './import-report.ts';

/** Gathers what an importer has to report while it walks the input. */
export class Noting<Construct extends string, Code extends string> {
  readonly #carried = new Map<Construct, number>();
  readonly #notes: ImportNote[] = [];
  readonly #codes: Readonly<Record<Code, ImportNote['severity']>>;

  constructor(codes: Readonly<Record<Code, ImportNote['severity']>>) {
    this.#codes = codes;
  }

  carry(construct: Construct): void {
    this.#carried.set(construct, (this.#carried.get(construct) ?? 0) + 1);
  }

  /** `undefined`, for a reader to return in place of what it could not read. */
  note(code: Code, path: Path, message: string): undefined {
    this.#notes.push({ severity: this.#codes[code], code, path, message });
  }

  report(vendor: VendorName): ImportReport {
    return { vendor, carried: Object.fromEntries(this.#carried), notes: this.#notes };
  }
}
