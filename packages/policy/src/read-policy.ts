import { isThere, locatePolicy, type PolicyEnv, type PolicyPlace } from './file/locate-policy.js'
import { parseText } from './file/parse-text.js'
import { readText } from './file/read-text.js'
import type { Policy } from './schema/policy-schema.js'

/** Which policy is read. */
export interface ReadPolicyOptions {
  /**
   * The file. Default: where `BURSAR_POLICY` says, else `policy.json` or `policy.yaml` in `$BURSAR_HOME`.
   *
   * @example { path: '/etc/bursar/policy.yaml' }
   */
  readonly path?: string | undefined
  /** The environment. Default: `process.env`. @example { env: { BURSAR_HOME: '/data' } } */
  readonly env?: PolicyEnv | undefined
}

/**
 * Reads the policy. A file that was named has to be there; without one at the usual place, nothing is set.
 *
 * @example
 * ```ts
 * const bursar = createBursar({ evm, ...bursarOptionsOf(await readPolicy()) })
 * ```
 * @throws {BursarError} `policy/unreadable`: what cannot be read is never taken for "no limits".
 */
export async function readPolicy({ path, env }: ReadPolicyOptions = {}): Promise<Policy> {
  return readPlace(locatePolicy(env, path)) ?? {}
}

/** The policy at a place; nothing where no file was named and none is there. */
export function readPlace({ path, isNamed }: PolicyPlace): Policy | undefined {
  if (!isNamed && !isThere(path)) return undefined
  return parseText(readText(path), path)
}
