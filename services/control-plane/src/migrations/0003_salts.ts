/** A random salt for each UTC day; without it a visitor id of that day can no longer be made, not even by us. */
export const salts = [`CREATE TABLE salts (day date PRIMARY KEY, salt bytea NOT NULL CHECK (octet_length(salt) = 32))`]
