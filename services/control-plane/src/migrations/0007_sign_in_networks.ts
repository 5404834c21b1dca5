/**
 * Networks from which a person signed in before, as keyed hashes: whoever reads this table cannot tell an address from it. They go with
 * the person, 90 days after their last use, and when there are more than 16 of one person.
 */
export const signInNetworks = [
  `CREATE TABLE sign_in_networks (
    user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    network bytea NOT NULL CHECK (octet_length(network) = 32),
    used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, network)
  )`,
  `CREATE INDEX sign_in_networks_used_at ON sign_in_networks (used_at)`,
]
