# Read a release with R: Rscript docs/handoff/with_r.R warehouse/current
# Needs the packages duckdb and DBI. With arrow, arrow::open_dataset("<release>/events") reads the
# Parquet files directly.
suppressPackageStartupMessages(library(DBI))

args <- commandArgs(trailingOnly = TRUE)
release <- normalizePath(if (length(args) > 0) args[1] else "warehouse/current")
con <- dbConnect(duckdb::duckdb(), file.path(release, "demarche.duckdb"), read_only = TRUE)

pairs <- dbGetQuery(con, "
  SELECT source_country || ' ' || target_country AS pair, count(*)::INTEGER AS events,
      (count(*) FILTER (quad_class >= 3))::INTEGER AS conflict,
      sum(n_independent)::INTEGER AS reports
  FROM events
  WHERE status = 'actual' AND source_country IS NOT NULL AND target_country IS NOT NULL
  GROUP BY source_country, target_country
  ORDER BY events DESC, source_country, target_country
  LIMIT 10
")
cat("who to whom\tevents\tconflict\tindependent reports\n")
cat(sprintf("%s\t%d\t%d\t%d\n", pairs$pair, pairs$events, pairs$conflict, pairs$reports), sep = "")

reports <- dbGetQuery(con, "
  WITH best AS (
      SELECT event_id FROM events
      WHERE status = 'actual' AND source_country IS NOT NULL AND target_country IS NOT NULL
      ORDER BY n_independent DESC, n_articles DESC, event_id
      LIMIT 1
  )
  SELECT a.source_uri, m.sentence
  FROM best
  JOIN event_mentions AS l USING (event_id)
  JOIN mentions AS m USING (mention_id)
  JOIN articles AS a ON a.article_id = l.article_id
  WHERE l.is_independent
  ORDER BY ALL
")
cat("\nreport\tsentence of the best corroborated event\n")
cat(sprintf("%s\t%s\n", reports$source_uri, gsub("\\s+", " ", trimws(reports$sentence))), sep = "")
dbDisconnect(con, shutdown = TRUE)
