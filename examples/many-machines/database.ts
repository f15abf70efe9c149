import { startPostgres } from '../../packages/ledger/test/local-postgres.js'

/** A database for the ledger. */
export interface Database extends AsyncDisposable {
  readonly url: string
}

/** The database at `DATABASE_URL`; where there is none, a PostgreSQL of its own, which stops when disposed of. */
export async function openDatabase(): Promise<Database> {
  const { DATABASE_URL: given } = process.env
  if (given !== undefined) return { url: given, [Symbol.asyncDispose]: async () => {} }
  const { newDatabase, stop } = await startPostgres()
  return { url: await newDatabase(), [Symbol.asyncDispose]: stop }
}
