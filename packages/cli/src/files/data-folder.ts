import { dirname, join } from 'node:path'
import { defaultPath } from '@bursar/ledger/default-path'
import type { Env } from '../io.js'

/** The folder of keys, ledger, limits and pending jobs: `$BURSAR_HOME`, or one in the user's data folder. */
export function dataFolder(env: Env): string {
  return dirname(defaultPath(env))
}

/** A file or folder in the data folder. */
export function dataPath(env: Env, name: string): string {
  return join(dataFolder(env), name)
}
