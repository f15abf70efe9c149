import type { IncomingHttpHeaders } from 'node:http'
import type { Agents } from '@bursar/local-server'

/** What is about one connection, or says how a body is written. */
const connection =
  /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|content-encoding|proxy-.*|x-bursar-.*)$/
/** What is about paying, which is done here. */
const paying = /^(?:x-payment|payment|(?:x-)?sign-in-with-x)(?:-.*)?$/
/** What is about a page, or chosen by the connection to the upstream. */
const askedHere =
  /^(?:host|expect|content-length|accept-encoding|cookie|origin|referer|forwarded|idempotency-key|(?:sec|x-forwarded|x-stainless|access-control)-.*)$/
/** What an origin tells a browser of itself. The origin that the browser knows is this machine's. */
const saidOfOrigin =
  /^(?:date|set-cookie|alt-svc|clear-site-data|strict-transport-security|refresh|nel|report-to|reporting-endpoints|service-worker-allowed|access-control-.*)$/
/** What is new with each try of one request, and asks for nothing. */
const perTry =
  /^(?:user-agent|date|priority|traceparent|tracestate|baggage|b3|sentry-trace|(?:x-)?(?:request|correlation|trace)-id|(?:x-b3|x-datadog|x-amzn-trace|x-cloud-trace|x-retry|retry)(?:-.*)?)$/

/** The content codings that every fetch undoes, and how many. */
const undone = /^\s*(?:(?:x-)?gzip|deflate|br)(?:\s*,\s*(?:(?:x-)?gzip|deflate|br)){0,4}\s*$/i
/** What Node's fetch undoes from version 24, and Bun's, and undici's dispatchers do not. */
const sometimesUndone = /\bzstd\b/i
/** What bodies in zstd, and in gzip, begin with. */
const codedBeginnings = [
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x1f, 0x8b]
]

type HeaderRecord = Readonly<Record<string, string>>

/** The headers of a request that go to an upstream. A credential for it goes with them; a token of ours never does. */
export function headersThrough(headers: IncomingHttpHeaders, agents: Agents): HeaderRecord {
  const named = namedIn(headers.connection)
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const isOurs = [connection, paying, askedHere].some((each) => each.test(name)) || named.has(name)
      if (isOurs || typeof value !== 'string' || agents.areTokensIn([name, value])) return []
      return [[name, value]]
    })
  )
}

/** Who asks with another credential, or for another form of the answer, asks for something else. */
export function identifying(headers: HeaderRecord): HeaderRecord {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !perTry.test(name)))
}

/**
 * The headers of an upstream's answer that go to the client. What a known encoding made of the body is undone here.
 *
 * @param first what the body begins with: see {@link isToldByBody}.
 */
export function headersBack(headers: Headers, first?: Uint8Array): HeaderRecord {
  const encoding = headers.get('content-encoding')
  const isCoded = encoding !== null && !undone.test(encoding) && !(first && isDecoded(encoding, first))
  const isLengthKept =
    (encoding === null || isCoded) && !headers.get('content-type')?.startsWith('text/event-stream')
  const named = namedIn(headers.get('connection') ?? undefined)
  const kept = [...headers].filter(([name]) => {
    if (name === 'content-encoding') return isCoded
    if ([connection, paying, saidOfOrigin].some((each) => each.test(name)) || named.has(name)) return false
    return name !== 'content-length' || isLengthKept
  })
  return Object.fromEntries(
    // Which origin a page is of counts here as well.
    kept.map(([name, value]) => [name, name === 'vary' ? `${value}, origin` : value])
  )
}

/** Whether only its body tells whether an answer's encoding was undone: that depends on what fetched it. */
export function isToldByBody(headers: Headers): boolean {
  return sometimesUndone.test(headers.get('content-encoding') ?? '')
}

function isDecoded(encoding: string, first: Uint8Array): boolean {
  const beginsWith = (bytes: readonly number[]) => bytes.every((byte, at) => first[at] === byte)
  return sometimesUndone.test(encoding) && !codedBeginnings.some(beginsWith)
}

/** @see RFC 9110, section 7.6.1 */
function namedIn(connection = ''): ReadonlySet<string> {
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()))
}
