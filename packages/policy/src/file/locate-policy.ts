import { lstatSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { defaultPath } from '@bursar/ledger/default-path'
import { policyError, reasonOf } from './policy-error.js'

/** The variables that say where the policy is. */
export type PolicyEnv = Readonly<Record<string, string | undefined>>

/** Where a policy is. */
export interface PolicyPlace {
  readonly path: string
  /** Whether the user named the file, which has to be there then. */
  readonly isNamed: boolean
}

const names = ['policy.json', 'policy.yaml', 'policy.yml'] as const

/**
 * Where the policy is: at a path that is named, else where `BURSAR_POLICY` says, else `policy.json` or `policy.yaml` in
 * `$BURSAR_HOME`.
 *
 * @throws {BursarError} `policy/unreadable` when there are two files, the folder is none, or a link to nothing, or the name says no format.
 */
export function locatePolicy(
  env: PolicyEnv = process.env,
  path = env.BURSAR_POLICY || undefined
): PolicyPlace {
  if (path !== undefined) return { path: assertFormat(resolve(path)), isNamed: true }
  const folder = dirname(defaultPath(env))
  assertFolder(folder, join(folder, names[0]))
  const [found = names[0], other] = names.filter((name) => isThere(join(folder, name)))
  if (other) throw policyError(join(folder, found), `there is ${other} beside it: only one of them can hold`)
  return { path: join(folder, found), isNamed: false }
}

/** The file that a policy is read from, or all that it could be in. */
export function policyPaths(env: PolicyEnv = process.env): readonly string[] {
  const named = env.BURSAR_POLICY || undefined
  if (named !== undefined) return [resolve(named)]
  return names.map((name) => join(dirname(defaultPath(env)), name))
}

/** Whether there is anything of this name, be it a link to nothing. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (cause) {
    throw policyError(path, reasonOf(cause), cause)
  }
}

/** Whether the file is written in YAML. */
export function isYaml(path: string): boolean {
  return extname(path) !== '.json'
}

/** A folder behind a broken link, such as one on a disk that is not mounted, may hold limits: that is not "no limits". */
function assertFolder(folder: string, path: string): void {
  let nearest = folder
  while (!isThere(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest)
  if (!isFolder(nearest, path)) throw policyError(path, `${nearest} is no folder`)
}

function isFolder(nearest: string, path: string): boolean {
  try {
    return statSync(nearest).isDirectory()
  } catch (cause) {
    throw policyError(path, `${nearest} is a link to nothing`, cause)
  }
}

function assertFormat(path: string): string {
  if (['.json', '.yaml', '.yml'].includes(extname(path))) return path
  throw policyError(path, 'its name ends neither in .json nor in .yaml')
}
