import type { Billing } from '@bursar/generation/katana'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

/** The key of Katana's account where calls are billed to it; else nothing. @throws {UsageError} when there is none. */
export function katanaKey({ KATANA_API_KEY: apiKey }: Env, billing: Billing): { readonly apiKey?: string } {
  if (billing !== 'key') return {}
  if (!apiKey) throw new UsageError('--billing key needs KATANA_API_KEY')
  return { apiKey }
}
