/** What each version of the file adds to the one before. Append only: files of every version exist. */
const migrations: readonly string[] = [
  `
  CREATE TABLE purchases (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    name TEXT,
    host TEXT NOT NULL,
    path TEXT,
    requested_host TEXT,
    requested_path TEXT,
    network TEXT NOT NULL,
    cost INTEGER NOT NULL,
    state TEXT NOT NULL,
    call TEXT NOT NULL,
    session TEXT NOT NULL,
    job TEXT,
    reserved_at INTEGER NOT NULL,
    facts TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX purchases_by_name ON purchases (name) WHERE name IS NOT NULL;
  CREATE INDEX purchases_held ON purchases (fingerprint) WHERE state IN ('reserved', 'signed', 'sent');
  CREATE INDEX purchases_by_time ON purchases (reserved_at);
  CREATE INDEX purchases_by_host ON purchases (host);
  CREATE INDEX purchases_by_payee ON purchases (host, network);
  CREATE INDEX purchases_by_price ON purchases (host, path) WHERE path IS NOT NULL;
  CREATE INDEX purchases_by_requested_payee ON purchases (requested_host, network) WHERE requested_host IS NOT NULL;
  CREATE INDEX purchases_by_requested_price ON purchases (requested_host, requested_path)
    WHERE requested_host IS NOT NULL;
  CREATE INDEX purchases_by_job ON purchases (job) WHERE job IS NOT NULL;
  CREATE TABLE secrets (seq INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, bytes TEXT NOT NULL) STRICT;
  CREATE INDEX secrets_by_fingerprint ON secrets (fingerprint);
  CREATE TABLE sums (
    scope TEXT PRIMARY KEY,
    held INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    latest_at INTEGER NOT NULL,
    base INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE settled (
    scope TEXT NOT NULL,
    at INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (scope, at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE settled_chunks (
    scope TEXT NOT NULL,
    chunk INTEGER NOT NULL,
    base INTEGER NOT NULL,
    PRIMARY KEY (scope, chunk)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    purchase TEXT,
    origin TEXT NOT NULL,
    labels TEXT NOT NULL,
    noted_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX jobs_by_name ON jobs (job, origin);
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    machine TEXT NOT NULL,
    pid INTEGER NOT NULL,
    started TEXT NOT NULL,
    heartbeat_at INTEGER NOT NULL,
    ended INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO settings VALUES ('ledger', lower(hex(randomblob(16))));
  `
]

/** The version that this code reads and writes. */
export const SCHEMA_VERSION = migrations.length

/** The statements that bring a file from one version to a later one (by default the newest), in one transaction. */
export function migration(from: number, steps = migrations): string {
  return [...migrationSteps(from, steps), `PRAGMA user_version = ${steps.length};`].join('\n')
}

/** The statements alone, without the note of the version. */
export function migrationSteps(from: number, steps = migrations): readonly string[] {
  return steps.slice(from)
}
