/** Made once a database, for the statements to call. */
export const macros: readonly string[] = [
  // Of a field as it stands in the line: DuckDB would take "12" for a number and 12 for a text.
  `CREATE MACRO is_text(field) AS starts_with(field, '"')`,

  `CREATE MACRO number_of(field) AS
    CASE WHEN json_type(field) IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN TRY_CAST(field AS DOUBLE) END`,

  // The smallest value that at least this share of the values do not exceed.
  `CREATE MACRO at_level(ascending, level) AS
    CASE WHEN level > 0 AND level < 1 THEN ascending[ceil(level * len(ascending))::BIGINT] END`,
];
