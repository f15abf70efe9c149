import { eitherSignal, stringifyExact } from '@bursar/core'
import type { Operation } from './operation.js'

const encoder = new TextEncoder()

/** What is sent for an operation. */
export function requestInit(operation: Operation): RequestInit {
  const { method, body, headers, fetchOptions } = operation
  const signal = signalOf(operation)
  return {
    ...fetchOptions,
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers
    },
    ...(body === undefined ? {} : { body: bodyOf(operation) }),
    credentials: 'omit',
    ...(signal ? { signal } : {})
  }
}

/** A fetch that pays keeps the bytes, to send them again: given those, nobody keeps the text as well until the answer is there. */
function bodyOf({ body, money }: Operation): BodyInit {
  if (body instanceof FormData) return body
  const text = stringifyExact(body)
  return money === 'fetch' ? encoder.encode(text) : text
}

function signalOf({ signal, timeoutMs }: Operation): AbortSignal | undefined {
  return timeoutMs === undefined ? signal : eitherSignal(signal, AbortSignal.timeout(timeoutMs))
}
