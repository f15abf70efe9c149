/** What each version of the tables adds to the one before. Append only: databases of every version exist. */
const migrations: readonly string[] = [
  `
  CREATE TABLE bursar_purchases (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    name TEXT UNIQUE,
    host TEXT NOT NULL,
    path TEXT,
    requested_host TEXT,
    requested_path TEXT,
    network TEXT NOT NULL,
    cost BIGINT NOT NULL,
    state TEXT NOT NULL,
    call TEXT NOT NULL,
    session TEXT NOT NULL,
    job TEXT,
    reserved_at BIGINT NOT NULL,
    facts TEXT NOT NULL,
    secrets TEXT
  );
  CREATE INDEX bursar_purchases_equal ON bursar_purchases (fingerprint)
    WHERE secrets IS NOT NULL OR state IN ('reserved', 'signed', 'sent');
  CREATE INDEX bursar_purchases_held ON bursar_purchases (seq) WHERE state IN ('reserved', 'signed', 'sent');
  CREATE INDEX bursar_purchases_by_time ON bursar_purchases (reserved_at);
  CREATE INDEX bursar_purchases_by_host ON bursar_purchases (host, seq);
  CREATE INDEX bursar_purchases_by_payee ON bursar_purchases (host, network, seq);
  CREATE INDEX bursar_purchases_by_price ON bursar_purchases (host, path, seq) WHERE path IS NOT NULL;
  CREATE INDEX bursar_purchases_by_requested_payee ON bursar_purchases (requested_host, network, seq)
    WHERE requested_host IS NOT NULL;
  CREATE INDEX bursar_purchases_by_requested_price ON bursar_purchases (requested_host, requested_path, seq)
    WHERE requested_host IS NOT NULL;
  CREATE INDEX bursar_purchases_by_job ON bursar_purchases (job) WHERE job IS NOT NULL;
  CREATE TABLE bursar_sums (
    scope TEXT PRIMARY KEY,
    held BIGINT NOT NULL,
    settled BIGINT NOT NULL,
    latest_at BIGINT NOT NULL,
    base BIGINT NOT NULL
  );
  CREATE TABLE bursar_settled (
    scope TEXT NOT NULL,
    at BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (scope, at)
  );
  CREATE TABLE bursar_settled_chunks (
    scope TEXT NOT NULL,
    chunk BIGINT NOT NULL,
    base BIGINT NOT NULL,
    PRIMARY KEY (scope, chunk)
  );
  CREATE TABLE bursar_jobs (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job TEXT NOT NULL,
    purchase TEXT,
    origin TEXT NOT NULL,
    labels TEXT NOT NULL,
    noted_at BIGINT NOT NULL
  );
  CREATE UNIQUE INDEX bursar_jobs_by_name ON bursar_jobs (job, origin);
  CREATE TABLE bursar_sessions (
    id TEXT PRIMARY KEY,
    machine TEXT NOT NULL,
    pid BIGINT NOT NULL,
    started TEXT NOT NULL,
    heartbeat_at BIGINT NOT NULL,
    ended BOOLEAN NOT NULL,
    written BIGINT NOT NULL DEFAULT 0
  );
  CREATE TABLE bursar_settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  INSERT INTO bursar_settings VALUES ('ledger', md5(random()::text || clock_timestamp()::text || pg_backend_pid()::text));
  `
]

/** The version that this code reads and writes. */
export const SCHEMA_VERSION = migrations.length

/** The statements that bring tables from one version to a later one (by default the newest), in one transaction. */
export function migration(from: number, steps = migrations): string {
  return [
    ...steps.slice(from),
    `INSERT INTO bursar_settings VALUES ('version', '${steps.length}')
       ON CONFLICT (key) DO UPDATE SET value = excluded.value;`
  ].join('\n')
}
