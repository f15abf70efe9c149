import { homedir } from 'node:os'
import system, { join, type PlatformPath } from 'node:path'

/**
 * The default path of the ledger: in `$BURSAR_HOME`, else in the user's data folder (`$XDG_DATA_HOME`).
 *
 * @throws {TypeError} when one of them is a relative path: it would be another ledger, with budgets and limits of its
 * own, in each folder in which a program is started.
 */
export function defaultPath(env: NodeJS.ProcessEnv = process.env): string {
  const home = absolute('BURSAR_HOME', env.BURSAR_HOME)
  if (home) return join(home, 'ledger.db')
  const data = absolute('XDG_DATA_HOME', env.XDG_DATA_HOME) || join(homedir(), '.local', 'share')
  return join(data, 'bursar', 'ledger.db')
}

function absolute(name: string, path: string | undefined): string | undefined {
  if (!path || isWholePath(path)) return path
  throw new TypeError(
    `${name} is "${path.slice(0, 200)}", a relative path: it would be another ledger, with other limits, in each folder. Give the whole path`
  )
}

/**
 * Whether a path leads to the same file from everywhere. On Windows one without a drive or a server, such as `\data`, leads to
 * the drive on which a program was started.
 */
export function isWholePath(path: string, { isAbsolute, parse, sep }: PlatformPath = system): boolean {
  return isAbsolute(path) && (sep === '/' || parse(path).root.length > 1)
}
