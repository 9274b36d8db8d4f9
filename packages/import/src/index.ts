export type { Importer, ImportNote, ImportReport, ImportResult, VendorName } from './import-report.ts';
export { flagsmithImporter } from './flagsmith/flagsmith-importer.ts';
export { unleashImporter } from './unleash/unleash-importer.ts';
