import type { IncomingMessage } from 'node:http'
import { type Agents, RequestProblem, readBody } from '@bursar/local-server'
import { type CallRequest, readKey } from './call-request.js'
import { SentBody } from './sent-body.js'
import type { ThroughRequest } from './services/proxy-service.js'
import { headersThrough, identifying } from './through-headers.js'

/** Those that no `fetch` sends. */
const notSent: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])
/** Those that no `fetch` sends with a body. */
const withoutBody: ReadonlySet<string> = new Set(['GET', 'HEAD'])

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
  if (notSent.has(method) || !target.startsWith('/'))
    throw new RequestProblem({
      status: 405,
      code: 'method_not_allowed',
      message: `${method} does not go through`
    })
  const bytes = await readBody(message, maxBodyBytes)
  if (bytes.byteLength > 0 && withoutBody.has(method))
    throw invalid(`A ${method} with a body does not go through`)
  // What a header holds is left out; here, nothing can be.
  if (agents.areTokensIn([target]) || agents.areTokensInBytes(bytes))
    throw invalid('The request holds a token of this proxy, which is for nobody else')
  const key = readKey(message)
  const headers = headersThrough(message.headers, agents)
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

function invalid(message: string): RequestProblem {
  return new RequestProblem({ status: 400, code: 'invalid_request', message: `${message}. Nothing was paid` })
}
