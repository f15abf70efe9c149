import { homedir } from 'node:os'
import { join } from 'node:path'

/** The default path of the ledger: in `$BURSAR_HOME`, else in the user's data folder. */
export function defaultPath(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.BURSAR_HOME
  if (home) return join(home, 'ledger.db')
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'bursar', 'ledger.db')
}
