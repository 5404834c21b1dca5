-- Rows from before this column say of themselves what their session says.
ALTER TABLE events ADD COLUMN IF NOT EXISTS own String DEFAULT '=' COMMENT 'what the event itself says of the attributes: = as the row, empty as the row but direct, else all values as JSON' CODEC(ZSTD(1));
