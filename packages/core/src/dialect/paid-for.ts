import type { Dialect } from './dialect.js'

/**
 * What a payment is for: the price, or the whole reserve of a text, of which nothing comes back. From a prepaid balance the
 * same text costs what it used.
 */
export type PaidFor = 'price' | 'reserve'

/** Says what a payment to a path is for. @see Katana's guide, "Text / LLM Chat Completion Basics" */
export function paidFor(dialect: Dialect['name'] | 'account' | 'balance', path: string): PaidFor {
  return dialect === 'katana' && path.endsWith('/chat/completions') ? 'reserve' : 'price'
}
