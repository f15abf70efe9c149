import type { FetchLike } from './operation.js'

/** Lets a fetch that takes a URL and an init take all that the platform's takes. */
export function toPlatformFetch(fetch: FetchLike): typeof globalThis.fetch {
  return async (input, init) => {
    if (!(input instanceof Request)) return fetch(String(input), init ?? {})
    const request = new Request(input, init)
    const { url, method, headers, signal } = request
    const body = await bodyOf(request)
    // A form writes a boundary of its own.
    if (body instanceof FormData) headers.delete('content-type')
    return fetch(url, { ...init, method, headers, signal, ...(body ? { body } : {}) })
  }
}

async function bodyOf(request: Request): Promise<FormData | ArrayBuffer | undefined> {
  if (!request.body) return undefined
  const isForm = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')
  return isForm ? request.formData() : request.arrayBuffer()
}
