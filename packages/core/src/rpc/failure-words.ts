import { findAlongCause } from '../error/brand.js'
import { isError } from '../error/is-error.js'
import { systemCodeOf } from '../error/never-sent.js'
import { networkTitle } from '../network/network-names.js'
import type { RpcTransport } from './rpc-transport.js'

/** Some providers make the key a part of the host's name: `0123456789abcdef01234567.rpc.example`. */
const keyLabels = /\b[a-z0-9]{20,}\b/gi

/** A node, and what it did instead of answering, for an error message. */
export function failureWords({ host = 'The client given for it' }: RpcTransport, error: unknown): string {
  return `${host.replace(keyLabels, '…')} ${whatFailed(error)}`
}

/** The error is absent when the node was not asked, because it limits its rate. */
function whatFailed(error: unknown): string {
  const serves = findField(error, 'serves', /^\w+:[-\w]{1,32}$/)
  if (serves) return `serves ${networkTitle(serves)}`
  const status = error === undefined ? '429' : findField(error, 'status', /^\d{3}$/)
  if (status) return status === '429' ? 'limits its rate' : `answered with the HTTP status ${status}`
  if (findField(error, 'name', /^TimeoutError$/)) return 'did not answer in time'
  // JSON-RPC's own codes are negative, and the system's are words, such as ECONNREFUSED.
  const code = findField(error, 'code', /^(?:-\d{1,9}|[A-Z_]{3,40})$/)
  if (code?.startsWith('-')) return `answered with the error ${code}`
  if (code || findField(error, 'name', /^NotCapable$/))
    return `cannot be reached (${code ?? systemCodeOf(error)})`
  return findAlongCause(error, isFailedFetch) ? 'cannot be reached' : 'gave no usable answer'
}

/** The field of the error, or of one that it wraps, as text of the shape. */
function findField(error: unknown, name: string, shape: RegExp): string | undefined {
  const textOf = (each: unknown): string => String(Object(each)[name])
  const found = findAlongCause(error, (each): each is object => shape.test(textOf(each)))
  return found && textOf(found)
}

/** The platform's fetch throws a TypeError with a cause when there is no connection. */
function isFailedFetch(error: unknown): error is Error {
  return isError(error) && error.name === 'TypeError' && error.cause !== undefined
}
