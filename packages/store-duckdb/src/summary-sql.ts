import { lines } from './line-sql.ts';

/** What a summary counts in, as the columns of every table below. */
const group = 'flag, stage, variant, arm';

/**
 * Lines that could not be read, and the records of `$flag` (NULL: of every flag) before `$to`. Those before the window
 * are among them: which record of an identity came first, and in which variant a unit was first, does not depend on
 * where the window begins.
 */
export const createLine: string = `
  CREATE TEMP TABLE line AS
  SELECT *
  FROM (${lines})
  WHERE NOT whole OR (flag = coalesce($flag, flag) AND "at" < $to)`;

/** The records of an identity that another came before. Few are, so that only theirs are put in order. */
export const createRepeated: string = `
  CREATE TEMP TABLE repeated AS
  WITH repeated_outcome AS (
    SELECT run, flag, metric FROM line WHERE whole AND type = 'outcome' GROUP BY ALL HAVING count(*) > 1
  ),
  repeated_exposure AS (
    SELECT flag, unit, stage FROM line WHERE whole AND type = 'exposure' GROUP BY ALL HAVING count(*) > 1
  ),
  later_outcome AS (
    SELECT line.rowid AS line_id
    FROM line JOIN repeated_outcome USING (run, flag, metric)
    WHERE whole AND type = 'outcome'
    QUALIFY row_number() OVER (PARTITION BY run, flag, metric ORDER BY "at", id) > 1
  ),
  later_exposure AS (
    SELECT line.rowid AS line_id
    FROM line JOIN repeated_exposure USING (flag, unit, stage)
    WHERE whole AND type = 'exposure'
    QUALIFY row_number() OVER (PARTITION BY flag, unit, stage ORDER BY "at", id) > 1
  )
  FROM later_outcome UNION ALL FROM later_exposure`;

/** The first variant of a unit is that of its earliest exposure; where it has none, of its earliest outcome. */
export const createCrossover: string = `
  CREATE TEMP TABLE crossover AS
  WITH unit_in_two_variants AS (
    SELECT flag, stage, unit FROM line WHERE whole GROUP BY ALL HAVING min(variant) <> max(variant)
  )
  SELECT flag, stage, unit,
    arg_min(variant, (type = 'outcome', "at", id)) AS first_variant,
    max("at") >= $from AS in_window
  FROM line JOIN unit_in_two_variants USING (flag, stage, unit)
  WHERE whole
  GROUP BY ALL`;

/** The records that count: the earliest of their identity, in the window, in the first variant of their unit. */
export const createCounted: string = `
  CREATE TEMP TABLE counted AS
  SELECT type, id, "at", ${group}, unit, run, metric, value, share
  FROM line ANTI JOIN repeated ON line.rowid = line_id LEFT JOIN crossover USING (flag, stage, unit)
  WHERE whole AND "at" >= $from AND variant = coalesce(first_variant, variant)`;

export const selectGroups: string = `
  SELECT ${group},
    count(*) FILTER (type = 'exposure')::DOUBLE AS "exposedUnits",
    arg_max(share, ("at", id)) FILTER (type = 'exposure') AS share,
    count(DISTINCT unit) FILTER (type = 'outcome')::DOUBLE AS units,
    count(DISTINCT run) FILTER (type = 'outcome')::DOUBLE AS runs,
    min("at")::DOUBLE AS "firstAt",
    max("at")::DOUBLE AS "lastAt"
  FROM counted
  GROUP BY ALL
  ORDER BY ${group}`;

/** `MetricSummary` of each metric in `$metrics`, but for its `p95`. */
export const selectMoments: string = `
  WITH unit_sums AS (
    SELECT ${group}, metric, unit, count(*) AS n, fsum(value) AS s
    FROM counted
    WHERE type = 'outcome' AND list_contains($metrics, metric)
    GROUP BY ALL
  )
  SELECT ${group}, metric, {
    units: count(*)::DOUBLE, n: sum(n)::DOUBLE, sum: fsum(s),
    nn: sum(n * n)::DOUBLE, ss: fsum(s * s), ns: fsum(n * s)
  } AS moments
  FROM unit_sums
  GROUP BY ALL
  ORDER BY metric`;

/**
 * `QuantileSummary` of each metric in `$metrics`.
 *
 * The standard error is that of the share above the group's own p95, p = sum E / sum N:
 * sqrt(sum (E - p N)^2 * k / (k - 1)) / sum N. Its residuals are taken times sum N, in integers, since a rounding error
 * in a residual that is 0 would move the ends to another outcome. Fewer than 73 outcomes have no ends: even if each were
 * of a unit of its own, 0.95 + 1.96 sqrt(0.95 * 0.05 / 72) would be above 1.
 */
export const selectQuantiles: string = `
  WITH outcome AS (
    SELECT ${group}, metric, unit, value
    FROM counted
    WHERE type = 'outcome' AND list_contains($metrics, metric)
  ),
  group_outcomes AS (
    SELECT ${group}, metric, list_sort(list(value)) AS ascending FROM outcome GROUP BY ALL
  ),
  compared_outcomes AS (
    SELECT flag, stage, metric, list_sort(list(value)) AS ascending FROM outcome WHERE arm <> 'none' GROUP BY ALL
  ),
  threshold AS (
    SELECT ${group}, metric, group_outcomes.ascending AS ascending,
      at_level(group_outcomes.ascending, 0.95) AS own,
      coalesce(at_level(compared_outcomes.ascending, 0.95), own) AS shared
    FROM group_outcomes LEFT JOIN compared_outcomes USING (flag, stage, metric)
  ),
  unit_counts AS (
    SELECT ${group}, metric, unit, count(*)::HUGEINT AS n,
      count(*) FILTER (value > own)::HUGEINT AS e, count(*) FILTER (value > shared)::HUGEINT AS f
    FROM outcome JOIN threshold USING (${group}, metric)
    GROUP BY ALL
  ),
  moments AS (
    SELECT ${group}, metric, count(*)::HUGEINT AS units, sum(n) AS n, sum(n * n) AS nn,
      sum(e) AS e, sum(e * e) AS ee, sum(n * e) AS ne,
      sum(f) AS f, sum(f * f) AS ff, sum(n * f) AS nf
    FROM unit_counts
    GROUP BY ALL
  ),
  spread AS (
    SELECT ${group}, metric,
      CASE WHEN units > 1 AND n >= 73
        THEN 1.96::DOUBLE * sqrt((ee * n * n - 2 * ne * n * e + nn * e * e)::DOUBLE * units / (units - 1)) / n / n
      END AS half_width
    FROM moments
  )
  SELECT ${group}, metric, {
    value: own,
    above: { units: units::DOUBLE, n: n::DOUBLE, sum: e::DOUBLE, nn: nn::DOUBLE, ss: ee::DOUBLE, ns: ne::DOUBLE },
    low: at_level(ascending, 0.95::DOUBLE - half_width),
    high: at_level(ascending, 0.95::DOUBLE + half_width),
    shared: {
      threshold: shared,
      above: { units: units::DOUBLE, n: n::DOUBLE, sum: f::DOUBLE, nn: nn::DOUBLE, ss: ff::DOUBLE, ns: nf::DOUBLE }
    }
  } AS p95
  FROM moments JOIN threshold USING (${group}, metric) JOIN spread USING (${group}, metric)`;

export const selectCrossovers: string = `
  SELECT flag, stage, count(*)::DOUBLE AS units FROM crossover WHERE in_window GROUP BY ALL ORDER BY flag, stage`;

/** The reader keeps what it could not cut into lines in `reject_errors`, a temporary table. */
export const selectCounts: string = `
  SELECT (SELECT count(*) FROM repeated)::DOUBLE AS duplicates,
    (count(*) FILTER (NOT whole) + (SELECT count(DISTINCT (scan_id, file_id, line)) FROM reject_errors))::DOUBLE
      AS "skippedLines"
  FROM line`;

export const selectFlags: string = `
  SELECT flag, min("at")::DOUBLE AS "firstAt", max("at")::DOUBLE AS "lastAt"
  FROM (${lines})
  WHERE whole
  GROUP BY flag
  ORDER BY flag`;
