/**
 * One row for each line of `$segments` that is not blank; only those of `whole` lines mean anything. Lines that DuckDB
 * cannot even cut (invalid UTF-8, longer than 2 MB) are no rows but stand in the temporary table `reject_errors`.
 *
 * DuckDB's JSON reader is not used: after a line torn behind a colon it loses the next line as well, and one line longer
 * than its buffer fails the query. So the CSV reader cuts the lines, told of one column, no quotes, and a delimiter that
 * nobody writes. It cuts each segment by one thread, since more of them miscount very long lines.
 */
export const lines: string = `
  WITH cut AS (
    SELECT line
    FROM read_csv($segments, columns = { line: 'VARCHAR' }, auto_detect = false, header = false, delim = '\x1f\x1e\x1f\x1e',
      quote = '', escape = '', comment = '', strict_mode = false, compression = 'none', hive_partitioning = false,
      ignore_errors = true, store_rejects = true, parallel = false)
    WHERE line IS NOT NULL
  ),
  valid AS (
    SELECT CASE WHEN json_valid(line) THEN line END AS json
    FROM cut
  ),
  parsed AS (
    SELECT
      from_json(json, '{
        "v": "JSON", "type": "JSON", "id": "JSON", "at": "JSON", "flag": "JSON", "variant": "JSON", "arm": "JSON",
        "stage": "JSON", "unit": "JSON", "run": "JSON", "metric": "JSON", "value": "JSON", "share": "JSON"
      }') AS field,
      from_json(json, '{
        "type": "VARCHAR", "id": "VARCHAR", "flag": "VARCHAR", "variant": "VARCHAR", "arm": "VARCHAR",
        "stage": "VARCHAR", "unit": "VARCHAR", "run": "VARCHAR", "metric": "VARCHAR"
      }') AS text
    FROM valid
  ),
  checked AS (
    SELECT
      unnest(text),
      number_of(field."at") AS at_number, number_of(field.value) AS value, number_of(field.share) AS share,
      number_of(field.v) = 1
        AND at_number = trunc(at_number) AND abs(at_number) <= ${Number.MAX_SAFE_INTEGER}
        AND is_text(field.type) AND is_text(field.id) AND is_text(field.flag) AND is_text(field.variant)
        AND is_text(field.arm) AND text.arm IN ('candidate', 'control', 'none')
        AND is_text(field.stage) AND is_text(field.unit)
        AND CASE text.type
          WHEN 'exposure' THEN field.share IS NULL OR share BETWEEN 0 AND 1
          WHEN 'outcome' THEN is_text(field.run) AND is_text(field.metric) AND isfinite(value)
        END AS well_formed
    FROM parsed
  )
  SELECT type, id, CASE WHEN well_formed THEN at_number::BIGINT END AS "at", flag, variant, arm, stage, unit,
    run, metric, value, share, coalesce(well_formed, false) AS whole
  FROM checked`;
