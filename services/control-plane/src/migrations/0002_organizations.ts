/** Who owns what: one organization (seeded), its members, its projects and their keys. */
export const organizations = [
  `CREATE TABLE organizations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `INSERT INTO organizations (name) VALUES ('Footfall')`,
  `CREATE TABLE members (
    organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, organization_id)
  )`,
  `CREATE INDEX members_organization ON members (organization_id)`,
  `CREATE TABLE projects (
    id bigint PRIMARY KEY CHECK (id > 0),
    organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name text NOT NULL,
    domain text,
    time_zone text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX projects_organization ON projects (organization_id)`,
  `CREATE TABLE write_keys (
    key text PRIMARY KEY,
    project_id bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX write_keys_project ON write_keys (project_id)`,
  `CREATE TABLE secret_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name text NOT NULL,
    hash text NOT NULL UNIQUE CHECK (length(hash) = 64),
    prefix text NOT NULL,
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX secret_keys_project ON secret_keys (project_id)`,
]
