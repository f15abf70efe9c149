import type { JsonObject } from '@bursar/core'
import { findHostedTool } from './hosted-tools.js'

const asUsual = ['auto', 'default', 'standard', 'standard_only', 'flex', 'batch']
/** Fields by which a request asks for faster service, which is dearer, and the words that ask for none. */
const tiers: Readonly<Record<string, readonly string[]>> = {
  service_tier: asUsual,
  serviceTier: asUsual,
  speed: ['standard']
}

/**
 * Finds what a request asks for beside its model's tokens, at a price that no service prints: a tool that the service runs, or
 * faster service. `undefined` when there is nothing.
 */
export function findUnpricedOption(body: JsonObject): string | undefined {
  return findHostedTool(body) ?? findTier(body)
}

/** The speed of speech is a number. */
function findTier(body: JsonObject): string | undefined {
  for (const [field, words] of Object.entries(tiers)) {
    const value = Object.hasOwn(body, field) ? body[field] : undefined
    if (typeof value === 'string' && !words.includes(value)) return `${field} ${value}`
  }
  return undefined
}
