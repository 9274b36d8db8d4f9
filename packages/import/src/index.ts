export type { Importer, ImportNote, ImportReport, ImportResult, VendorName } from './import-report.ts';
