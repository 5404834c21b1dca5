-- One current row per session. A change is the old row with sign -1 and the new row with sign 1, so sums weighted by sign
-- are right at any moment, merged or not. Why a session carries its pages: docs/decisions/2026-11-23-warehouse-keys.md
CREATE TABLE IF NOT EXISTS sessions (
  project_id UInt64,
  session_id UInt64,
  visitor_id UInt64,
  person_id UInt64,
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  ended_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  pageviews UInt32,
  events UInt32 COMMENT 'custom events',
  entry_path LowCardinality(String),
  exit_path LowCardinality(String) COMMENT 'path of the latest page view',
  hostname LowCardinality(String),
  referrer String CODEC(ZSTD(1)),
  source LowCardinality(String),
  channel LowCardinality(String),
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign LowCardinality(String),
  utm_term LowCardinality(String),
  utm_content LowCardinality(String),
  click_id LowCardinality(String),
  country LowCardinality(String),
  region LowCardinality(String),
  city LowCardinality(String),
  browser LowCardinality(String),
  browser_version LowCardinality(String),
  os LowCardinality(String),
  os_version LowCardinality(String),
  device LowCardinality(String),
  language LowCardinality(String),
  pages Array(LowCardinality(String)) COMMENT 'paths of its events; pages[i] and names[i] belong to one event, each pair once, in the order in which they first arrived',
  names Array(LowCardinality(String)) COMMENT 'names of its events, empty for page views',
  sign Int8,
  version UInt32
)
ENGINE = VersionedCollapsingMergeTree(sign, version)
PARTITION BY toYYYYMM(started_at)
ORDER BY (project_id, toStartOfHour(started_at), visitor_id, session_id)
SETTINGS non_replicated_deduplication_window = 10000;
