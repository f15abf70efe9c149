import type { Billing } from '@bursar/generation/katana'
import type { Env } from '../io.js'
import { assertNoTestnet } from '../options/network-options.js'
import { UsageError } from '../usage-error.js'

/** The key of Katana's account where calls are billed to it; else nothing. @throws {UsageError} when there is none. */
export function katanaKey(env: Env, billing: Billing): { readonly apiKey?: string } {
  const { KATANA_API_KEY: apiKey } = env
  if (billing !== 'key') return {}
  assertNoTestnet(env, '--billing key')
  if (!apiKey) throw new UsageError('--billing key needs KATANA_API_KEY')
  return { apiKey }
}
