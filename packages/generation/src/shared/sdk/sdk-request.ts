/** A request of an SDK, read so that it can be compared with others. */
export interface SdkRequest {
  readonly url: string
  /** With the body that was read, and without a signal. */
  readonly init: RequestInit
  /** The same for equal requests: method, URL, credentials and body. Other headers count the tries of an SDK. */
  readonly key: string
  readonly signal: AbortSignal | undefined
  /** The `Idempotency-Key` header. */
  readonly name: string | undefined
}

/** Reads what an SDK hands to its fetch. */
export async function readSdkRequest(input: string | URL | Request, given: RequestInit): Promise<SdkRequest> {
  const request = new Request(input, given)
  const { url, method, headers } = request
  const { signal: own, ...options } = given
  const signal = own ?? (input instanceof Request ? input.signal : undefined)
  const body = await bodyOf(request)
  const key = await keyOf([method, url, headers.get('authorization'), headers.get('x-api-key')], body)
  // A form writes a boundary of its own each time.
  if (body instanceof FormData) headers.delete('content-type')
  const init = { ...options, method, headers, ...(body === undefined ? {} : { body }) }
  return { url, init, key, signal, name: headers.get('idempotency-key') ?? undefined }
}

async function bodyOf(request: Request): Promise<ArrayBuffer | FormData | undefined> {
  if (request.body === null) return undefined
  const isForm = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')
  return isForm ? request.formData() : request.arrayBuffer()
}

async function keyOf(
  head: readonly (string | null)[],
  body: ArrayBuffer | FormData | undefined
): Promise<string> {
  const parts = body instanceof FormData ? await formParts(body) : [await hashOf(body ?? new ArrayBuffer(0))]
  return hashOf(new TextEncoder().encode(JSON.stringify([head, parts])).buffer)
}

async function formParts(form: FormData): Promise<readonly unknown[]> {
  const parts = []
  for (const [name, value] of form) {
    const content =
      typeof value === 'string' ? value : [value.name, value.type, await hashOf(await value.arrayBuffer())]
    parts.push([name, content])
  }
  return parts
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
