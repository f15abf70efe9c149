import { findAlongCause, isBranded } from './brand.js'

/** What is left of an error that is not ours: enough to say what failed, too little to leak. */
export interface ReducedCause {
  readonly name: string
  readonly code?: string | number
  readonly status?: number
}

/**
 * Reduces a foreign error to name, code and status. Messages of chain and HTTP libraries carry
 * RPC URLs with keys, request bodies and headers; none of that may reach a log through us.
 * An error of ours is kept, also when a foreign error wraps it.
 */
export function reduceCause(cause: unknown): unknown {
  const ours = findAlongCause(cause, isBranded)
  if (ours) return ours
  if (typeof cause !== 'object' || cause === null) return { name: typeof cause }
  const name = fieldOf(cause, 'name')
  const status = fieldOf(cause, 'status')
  // undici and fetch wrap the telling code (ECONNREFUSED) one level down.
  const code = [fieldOf(cause, 'code'), fieldOf(fieldOf(cause, 'cause'), 'code')].find(isShortCode)
  const reduced: ReducedCause = {
    name: typeof name === 'string' && /^\w{1,64}$/.test(name) ? name : 'Error',
    ...(code === undefined ? {} : { code }),
    ...(typeof status === 'number' ? { status } : {})
  }
  return Object.freeze(reduced)
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined
}

function isShortCode(code: unknown): code is string | number {
  return typeof code === 'number' || (typeof code === 'string' && /^[\w.-]{1,64}$/.test(code))
}
