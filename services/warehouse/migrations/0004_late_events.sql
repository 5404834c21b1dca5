-- Sessions are a function of their events, not of the order in which those arrive: docs/decisions/2026-11-27-late-events.md
-- Lightweight updates correct the session of events that are stored already; they find rows by block number and offset.
ALTER TABLE events MODIFY SETTING enable_block_number_column = 1, enable_block_offset_column = 1;
