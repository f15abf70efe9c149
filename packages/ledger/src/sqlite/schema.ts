/** What each version of the file adds to the one before. Append only: files of every version are out there. */
const migrations: readonly string[] = [
  `
  CREATE TABLE purchases (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    name TEXT UNIQUE,
    host TEXT NOT NULL,
    network TEXT NOT NULL,
    cost INTEGER NOT NULL,
    state TEXT NOT NULL,
    call TEXT NOT NULL,
    session TEXT NOT NULL,
    reserved_at INTEGER NOT NULL,
    facts TEXT NOT NULL,
    secrets TEXT
  ) STRICT;
  CREATE INDEX purchases_with_secrets ON purchases (fingerprint) WHERE secrets IS NOT NULL;
  CREATE INDEX purchases_unsettled ON purchases (seq) WHERE state IN ('reserved', 'signed', 'sent');
  CREATE INDEX purchases_by_time ON purchases (reserved_at);
  CREATE INDEX purchases_by_host ON purchases (host, seq);
  CREATE TABLE sums (
    scope TEXT PRIMARY KEY,
    held INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    latest_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE settled (
    scope TEXT NOT NULL,
    at INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (scope, at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    beat_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE purchases ADD COLUMN job TEXT;
  CREATE INDEX purchases_by_job ON purchases (job) WHERE job IS NOT NULL;
  `,
  // The bytes that pay are twice as long as all the rest and soon gone: apart from them, purchases stay close together.
  `
  CREATE TABLE secrets (seq INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, bytes TEXT NOT NULL) STRICT;
  INSERT INTO secrets SELECT seq, fingerprint, secrets FROM purchases WHERE secrets IS NOT NULL;
  CREATE INDEX secrets_by_fingerprint ON secrets (fingerprint);
  DROP INDEX purchases_with_secrets;
  ALTER TABLE purchases DROP COLUMN secrets;
  `
]

/** The version that this code reads and writes. */
export const SCHEMA_VERSION = migrations.length

/** What takes a file of a version to a later one, the newest unless said otherwise, in one transaction. */
export function migration(from: number, to = SCHEMA_VERSION): string {
  return [...migrations.slice(from, to), `PRAGMA user_version = ${to};`].join('\n')
}
