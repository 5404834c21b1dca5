-- Events of people. Keys and order: docs/decisions/2026-11-23-warehouse-keys.md
CREATE TABLE IF NOT EXISTS events (
  project_id UInt64,
  timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  event_id UUID,
  kind Enum8('pageview' = 1, 'event' = 2),
  name LowCardinality(String),
  visitor_id UInt64,
  person_id UInt64,
  session_id UInt64,
  hostname LowCardinality(String),
  path LowCardinality(String),
  query String CODEC(ZSTD(1)),
  title String CODEC(ZSTD(1)),
  entry_path LowCardinality(String),
  referrer String CODEC(ZSTD(1)),
  source LowCardinality(String),
  channel LowCardinality(String),
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign LowCardinality(String),
  utm_term LowCardinality(String),
  utm_content LowCardinality(String),
  click_id LowCardinality(String) COMMENT 'which click parameter the landing address carried, e.g. gclid; never its value',
  country LowCardinality(String) COMMENT 'ISO 3166 alpha-2, empty when unknown',
  region LowCardinality(String),
  city LowCardinality(String),
  browser LowCardinality(String),
  browser_version LowCardinality(String),
  os LowCardinality(String),
  os_version LowCardinality(String),
  device LowCardinality(String) COMMENT 'desktop, mobile, tablet, tv, console or other',
  language LowCardinality(String),
  properties JSON,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(timestamp)
ORDER BY (project_id, toStartOfHour(timestamp), visitor_id, timestamp)
SETTINGS non_replicated_deduplication_window = 10000;
