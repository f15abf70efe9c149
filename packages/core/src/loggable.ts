import { formatUsdc } from './amount/atomic.js'

/**
 * A copy that every logger can write. Amounts become text, since JSON has no integers of that size, and beside the
 * `cost` of a purchase there is its decimal USDC as `amount`. What a value omits from JSON stays omitted.
 */
export function loggable<Value extends object>(value: Value): Value {
  return Object.defineProperty({ ...value }, 'toJSON', { value: () => jsonOf({ ...value }) })
}

function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(jsonOf)
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON()
  const fields = Object.entries(value).map(([name, field]) => [name, jsonOf(field)] as const)
  const cost =
    'cost' in value && typeof value.cost === 'bigint' ? [['amount', formatUsdc(value.cost)] as const] : []
  return Object.fromEntries([...cost, ...fields])
}
