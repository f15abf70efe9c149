import type { Operation } from './operation.js'

/** What is sent for an operation. */
export function requestInit(operation: Operation): RequestInit {
  const { method, body, headers, fetchOptions } = operation
  const isForm = body instanceof FormData
  const signal = signalOf(operation)
  return {
    ...fetchOptions,
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    credentials: 'omit',
    ...(signal ? { signal } : {})
  }
}

function signalOf({ signal, timeoutMs }: Operation): AbortSignal | undefined {
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  if (!signal || !timeout) return signal ?? timeout
  return AbortSignal.any([signal, timeout])
}
