import type { PricingRule } from '../../shared/metering/charge.js'
import { unknownPrice } from '../../shared/metering/unknown-price.js'
import { chatCharge } from './chat-charge.js'
import { generationCharge } from './generation-charge.js'
import type { KatanaPrices } from './katana-prices.js'

const freeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** What a call can cost that is billed to a key's account, and how to read what it did cost. */
export function katanaPricingRule(known: KatanaPrices): PricingRule {
  return (request) => {
    if (freeMethods.has(request.method)) return undefined
    if (request.path === '/generation-requests') return generationCharge(request.body, known)
    if (request.path === '/chat/completions') return chatCharge(request, known)
    throw unknownPrice('katana', request.path)
  }
}
