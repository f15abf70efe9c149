import { canonicalUrl } from './canonical-url.js'
import { type BodyCapture, type CaptureOptions, captureBody } from './capture-body.js'
import type { CapturedRequest } from './captured-request.js'

/** What `fetch` takes beside a URL. A body may be of any kind that a platform or a library knows. */
export interface CapturableInit extends Omit<RequestInit, 'body'> {
  readonly body?: unknown
}

/** Init members that are captured; the rest is passed to the transport unchanged. */
const capturedMembers = new Set(['method', 'headers', 'body', 'redirect', 'signal', 'duplex', 'bursar'])
/** Refused, since a payment header of the caller's would be sent with every request, redirects included. */
const paymentHeaders = new Set(['payment-signature', 'x-payment', 'x-402-payment'])
/** The API key that agents give to SDKs that require one. It is dropped, since it would fail as a credential. */
const PLACEHOLDER_KEY = 'Bearer x402'

/**
 * Captures what `fetch(input, init)` would send.
 *
 * @throws {BursarError} `request/body-too-large`
 * @throws {TypeError} as fetch does, for an invalid URL, a used body or a GET with a body; and for a header that pays, or a `host`
 * that is not the URL's own.
 */
export function captureRequest(
  input: string | URL | Request,
  init: CapturableInit,
  options: CaptureOptions
): CapturedRequest | Promise<CapturedRequest> {
  const request = isRequest(input) ? input : undefined
  const method = normaliseMethod(init.method ?? request?.method ?? 'GET')
  const url = canonicalUrl(request ? request.url : absolute(String(input)))
  const headers = listHeaders(init.headers ?? request?.headers, url)
  const value = init.body === undefined && request ? bodyOf(request) : init.body
  const head: CapturedRequest = {
    method,
    url,
    headers,
    redirect: init.redirect ?? request?.redirect ?? 'follow',
    redirected: false,
    signal: signalOf(input, init),
    extra: extraOf(init)
  }
  if (value === undefined || value === null) return head
  if (method === 'GET' || method === 'HEAD') throw new TypeError(`A ${method} request has no body`)
  const captured = captureBody(value, options)
  return captured instanceof Promise
    ? captured.then((body) => withBody(head, body))
    : withBody(head, captured)
}

function withBody(head: CapturedRequest, { body, contentType }: BodyCapture): CapturedRequest {
  const { headers } = head
  const names = contentType !== undefined && !headers.some(([name]) => name === 'content-type')
  return { ...head, body, headers: names ? [...headers, ['content-type', contentType]] : headers }
}

/** The signal that ends a call: the one that is given beside a `Request` replaces its own. */
export function signalOf(input: string | URL | Request, init: CapturableInit): AbortSignal | undefined {
  const own = isRequest(input) ? input.signal : undefined
  return (init.signal === undefined ? own : init.signal) ?? undefined
}

/** Only the platform knows the base of relative URLs in a page or a worker. Nearly none is, and to parse one takes time. */
function absolute(url: string): string {
  return /^https?:\/\//i.test(url) || URL.canParse(url) ? url : new Request(url).url
}

function isRequest(input: unknown): input is Request {
  return (
    typeof input === 'object' && input !== null && 'url' in input && 'headers' in input && 'method' in input
  )
}

function bodyOf(request: Request): ReadableStream<Uint8Array> | null {
  if (request.bodyUsed) throw new TypeError('The body of the Request has already been used')
  return request.body
}

/** @see Fetch Standard, "normalize a method" */
function normaliseMethod(method: string): string {
  const upper = method.toUpperCase()
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method
}

/** @throws {TypeError} for a header that pays, and for a `host` that is not the URL's own. */
function listHeaders(init: HeadersInit | undefined, { host }: URL): [name: string, value: string][] {
  if (!init) return []
  const entries: Iterable<readonly string[]> = isIterable(init) ? init : Object.entries(init)
  const list: [string, string][] = []
  for (const [name = '', value = ''] of entries) {
    const lower = name.toLowerCase()
    if (isLeftOut(lower, value, host)) continue
    // Limits and record are those of the URL's host.
    if (lower === 'host' || paymentHeaders.has(lower)) throw new TypeError(`${name} is Bursar's to set`)
    list.push([lower, String(value)])
  }
  return list
}

/** Headers that the transport sets, or that must never be sent. */
function isLeftOut(name: string, value: string, host: string): boolean {
  if (name === 'host') return String(value).toLowerCase() === host
  return name === 'content-length' || (name === 'authorization' && value === PLACEHOLDER_KEY)
}

function isIterable(value: object): value is Iterable<readonly string[]> {
  return Symbol.iterator in value
}

function extraOf(init: CapturableInit): Readonly<Record<string, unknown>> {
  const rest = Object.entries(init).filter(([name]) => !capturedMembers.has(name))
  return rest.length === 0 ? {} : Object.fromEntries(rest)
}
