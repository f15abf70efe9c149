import { formatUsdc } from './amount/atomic.js'

/**
 * A copy that every logger can write. JSON has no integers as large as amounts, so that they become text, and beside the
 * `cost` of a purchase stands the decimal USDC, as `amount`. What a part of the value leaves out of JSON stays out.
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
