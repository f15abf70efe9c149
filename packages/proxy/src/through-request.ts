import type { IncomingMessage } from 'node:http'
import { type Agents, RequestProblem, readBody } from '@bursar/local-server'
import { type CallRequest, readKey } from './call-request.js'
import { SentBody } from './sent-body.js'
import type { ThroughRequest } from './services/proxy-service.js'

/** What is about the connection, about a page, or about paying, and goes no further. */
const ours =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-length|content-encoding|accept-encoding|cookie|origin|referer|forwarded|idempotency-key|(?:proxy|sec|x-forwarded|x-stainless|access-control|x-payment|payment)(?:-.*)?|sign-in-with-x|x-sign-in-with-x)$/
/** What is new with each try of one request, and asks for nothing. */
const perTry =
  /^(?:user-agent|date|priority|traceparent|tracestate|baggage|b3|sentry-trace|(?:x-)?(?:request|correlation|trace)-id|(?:x-b3|x-datadog|x-amzn-trace|x-cloud-trace|x-retry|retry)(?:-.*)?)$/
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** A request that goes through as it is, and how it is told from others. */
export interface ReadThrough {
  readonly through: ThroughRequest
  readonly request: CallRequest
}

/** Reads a request that goes through to an upstream. @throws {RequestProblem} */
export async function readThrough(
  message: IncomingMessage,
  {
    agent,
    agents,
    maxBodyBytes
  }: { readonly agent: string; readonly agents: Agents; readonly maxBodyBytes: number }
): Promise<ReadThrough> {
  const { method = 'GET', url: target = '/' } = message
  if (!methods.has(method) || !target.startsWith('/'))
    throw new RequestProblem({
      status: 405,
      code: 'method_not_allowed',
      message: `${method} does not go through`
    })
  const bytes = await readBody(message, maxBodyBytes)
  const key = readKey(message)
  const headers = headersThrough(message, agents)
  return {
    through: { method, target, headers, bytes },
    request: {
      agent,
      path: `${method} ${target}`,
      headers: identifying(headers),
      body: {},
      sent: new SentBody(bytes),
      isOpaque: true,
      isRetry: Number(message.headers['x-stainless-retry-count'] ?? 0) > 0,
      ...(key === undefined ? {} : { key })
    }
  }
}

/** Who asks with another credential, or for another form of the answer, asks for something else. */
function identifying(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !perTry.test(name)))
}

/** A credential for the upstream goes with it; a token of ours never does, whatever header it is in. */
function headersThrough({ headers }: IncomingMessage, agents: Agents): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).filter(([name]) => !ours.test(name))
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      return typeof value === 'string' && !holdsToken(value, agents) ? [[name, value]] : []
    })
  )
}

function holdsToken(value: string, agents: Agents): boolean {
  return value.split(/[\s,;]+/).some((word) => agents.nameOf({ 'x-api-key': word }) !== undefined)
}
