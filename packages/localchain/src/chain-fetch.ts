import { Agent, request as currentRequest, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { areTurnsReplaced, isLoopback, responseOf, stoppedTurns, stoppedTurnsReason } from '@bursar/core'

/** As it was when this was loaded: libraries of tests replace it, to see or to forbid what their program asks. */
const request = currentRequest

/** Less than any server on this machine keeps a connection that is not used. */
const IDLE_MS = 4_000
const agent = new Agent({ keepAlive: true, timeout: IDLE_MS })

/**
 * How a chain's endpoint is asked. One on this machine is asked past everything that stands in the way of a program's own
 * requests: a `fetch` or a dispatcher that a test has put in place, and the proxy of the environment. A test that replaces
 * what its program asks would else cut the chain off from those who settle on it.
 *
 * @param rpcUrl the endpoint. One elsewhere is asked by `fetch`, as any.
 * @example
 * ```ts
 * import { Connection } from '@solana/web3.js'
 *
 * const connection = new Connection(chain.rpcUrl, { commitment: 'confirmed', fetch: chainFetch(chain.rpcUrl) })
 * ```
 */
export function chainFetch(rpcUrl: string): typeof fetch {
  const { protocol, hostname } = new URL(rpcUrl)
  const isOwn = protocol === 'http:' && isLoopback(hostname)
  return isOwn ? fetchHere : (input, init) => fetch(input, init)
}

/** @throws {TypeError} when fake timers hold up what every connection needs. */
async function assertConnections(): Promise<void> {
  const reason = stoppedTurnsReason(await stoppedTurns())
  if (reason !== undefined) throw new TypeError(`The local chain cannot be asked: ${reason}.`)
}

/** What clients of JSON-RPC need of `fetch`: any request, and an answer that is read whole. */
const fetchHere: typeof fetch = async (input, init) => {
  if (areTurnsReplaced()) await assertConnections()
  const captured = new Request(input, init)
  const { url, method, headers, signal } = captured
  const body = captured.body ? new Uint8Array(await captured.arrayBuffer()) : undefined
  const asked = request(url, { method, agent, headers: Object.fromEntries(headers), signal })
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asked
      .on('response', resolve)
      .on('error', (error) => reject(named(error)))
      .end(body)
  })
  const { statusCode = 0, headers: given } = answer
  const bytes = await buffer(answer)
  return responseOf(bytes, {
    status: statusCode,
    headers: { 'content-type': given['content-type'] ?? '' }
  })
}

/** Nobody listens where a stack was stopped, which a test that asks too late is told. */
function named(error: Error & { readonly code?: unknown }): Error {
  if (error.code !== 'ECONNREFUSED') return error
  return Object.assign(
    new Error('The local chain does not answer (ECONNREFUSED): was it, or its stack, stopped?', {
      cause: error
    }),
    {
      code: error.code
    }
  )
}
