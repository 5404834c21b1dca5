/** What a project keeps of the queries of its pages, besides what is kept for all. In small letters. */
export const keptParameters = [
  `ALTER TABLE projects ADD COLUMN kept_parameters text[] NOT NULL DEFAULT '{}' CHECK (cardinality(kept_parameters) <= 20)`,
]
