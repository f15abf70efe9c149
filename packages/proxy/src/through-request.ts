import type { IncomingMessage } from 'node:http'
import { parseJsonObject } from '@bursar/core'
import { type Agents, RequestProblem, readBody } from '@bursar/local-server'
import { type CallRequest, readKey } from './call-request.js'
import type { ThroughRequest } from './services/proxy-service.js'

/** What is about the connection, about a page, or about paying, and goes no further. */
const ours =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-length|content-encoding|accept-encoding|cookie|origin|referer|forwarded|idempotency-key|(?:proxy|sec|x-forwarded|x-stainless|access-control|x-payment|payment)(?:-.*)?|sign-in-with-x|x-sign-in-with-x)$/
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
  const json = parseJsonObject(new TextDecoder().decode(bytes))
  return {
    through: { method, target, headers: headersThrough(message, agents), bytes },
    request: {
      agent,
      path: `${method} ${target}`,
      body: json ?? {},
      bytes,
      isOpaque: json === undefined,
      isRetry: Number(message.headers['x-stainless-retry-count'] ?? 0) > 0,
      ...(key === undefined ? {} : { key })
    }
  }
}

/** A credential for the upstream goes with it; a token of ours never does. */
function headersThrough({ headers }: IncomingMessage, agents: Agents): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).filter(([name]) => !ours.test(name))
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const isCredential = name === 'authorization' || name === 'x-api-key'
      const isToken = isCredential && agents.nameOf({ [name]: value }) !== undefined
      return typeof value === 'string' && !isToken ? [[name, value]] : []
    })
  )
}
