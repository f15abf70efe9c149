/** What each version of the tables adds to the one before. Append only: databases of every version are out there. */
const migrations: readonly string[] = [
  `
  CREATE TABLE bursar_purchases (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    name TEXT UNIQUE,
    host TEXT NOT NULL,
    network TEXT NOT NULL,
    cost BIGINT NOT NULL,
    state TEXT NOT NULL,
    call TEXT NOT NULL,
    session TEXT NOT NULL,
    reserved_at BIGINT NOT NULL,
    facts TEXT NOT NULL,
    secrets TEXT
  );
  CREATE INDEX bursar_purchases_with_secrets ON bursar_purchases (fingerprint) WHERE secrets IS NOT NULL;
  CREATE INDEX bursar_purchases_unsettled ON bursar_purchases (seq)
    WHERE state IN ('reserved', 'signed', 'sent');
  CREATE INDEX bursar_purchases_by_host ON bursar_purchases (host, seq);
  CREATE TABLE bursar_sums (
    scope TEXT PRIMARY KEY,
    held BIGINT NOT NULL,
    settled BIGINT NOT NULL,
    latest_at BIGINT NOT NULL
  );
  CREATE TABLE bursar_settled (
    scope TEXT NOT NULL,
    at BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (scope, at)
  );
  CREATE TABLE bursar_sessions (id TEXT PRIMARY KEY, beat_at BIGINT NOT NULL);
  CREATE TABLE bursar_settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  `,
  `
  ALTER TABLE bursar_purchases ADD COLUMN job TEXT;
  CREATE INDEX bursar_purchases_by_job ON bursar_purchases (job) WHERE job IS NOT NULL;
  `
]

/** The version that this code reads and writes. */
export const SCHEMA_VERSION = migrations.length

/** What takes tables of a version to a later one, the newest unless said otherwise, in one transaction. */
export function migration(from: number, to = SCHEMA_VERSION): string {
  return [
    ...migrations.slice(from, to),
    `INSERT INTO bursar_settings VALUES ('version', '${to}')
       ON CONFLICT (key) DO UPDATE SET value = excluded.value;`
  ].join('\n')
}
