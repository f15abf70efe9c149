import { abortable } from '../abortable.js'
import { BursarError, type MoneyState } from '../error/bursar-error.js'
import type { Clock } from '../interfaces/clock.js'
import type { NetworkId } from '../network/network.js'
import { endpointAdvice, networkTitle } from '../network/network-names.js'
import { createEndpoint, type Endpoint, type ReadServedNetwork } from './endpoint.js'
import { failureWords } from './failure-words.js'
import { createHttpTransport } from './http-transport.js'
import type { Rpc, RpcFetch, RpcTransport, RpcUrls } from './rpc-transport.js'

/** Options of one read. */
export interface ReadOptions {
  /**
   * Ends the read. Default: it ends by its own time limits.
   *
   * @example { signal: AbortSignal.timeout(5_000) }
   */
  readonly signal?: AbortSignal | undefined
  /**
   * What the error says about the money when no endpoint answers. Default: `none`.
   *
   * @example { moneyState: 'unknown' }
   */
  readonly moneyState?: MoneyState | undefined
}

/** Reads from the first endpoint of a network that answers and serves that network. */
export interface ChainReader {
  /**
   * Asks one endpoint for everything, so that an answer is never put together from two. What `ask` throws counts as
   * no answer, and the next endpoint is asked.
   *
   * @throws {BursarError} `rpc/unavailable` when no endpoint answers: an outage is never an answer.
   * @throws the signal's reason, once it is aborted.
   */
  read<Value>(network: NetworkId, ask: (rpc: Rpc) => Promise<Value>, options?: ReadOptions): Promise<Value>
}

/** What a chain reader is made from. */
export interface ChainReaderOptions {
  /**
   * Clients of the user's own by network, asked before {@link rpcUrls}. Default: none.
   *
   * @example { transports: { 'eip155:8453': { isLocal: false, request: askEndpoint } } }
   */
  readonly transports?: Readonly<Record<string, RpcTransport | undefined>> | undefined
  /**
   * Endpoints by network, tried in order. Default: the {@link publicUrls}, for networks without a transport.
   *
   * @example { rpcUrls: { 'eip155:8453': 'https://base.example/KEY' } }
   */
  readonly rpcUrls?: RpcUrls | undefined
  /**
   * Endpoints of networks for which the user gives neither transport nor URL.
   *
   * @example { publicUrls: { 'eip155:8453': 'https://mainnet.base.org' } }
   */
  readonly publicUrls: RpcUrls
  /**
   * The longest that one call to an endpoint may take, in milliseconds.
   *
   * @example { timeoutMs: 10_000 }
   */
  readonly timeoutMs: number
  /** Tells the time and waits between rounds. @example { clock: systemClock } */
  readonly clock: Clock
  /**
   * Asks an endpoint which network it serves. One that serves another than it is given for is not believed.
   *
   * @example { readNetwork: async (rpc) => `eip155:${Number(await rpc('eth_chainId'))}` }
   */
  readonly readNetwork: ReadServedNetwork
  /** Sends the requests to URLs. Default: the platform's fetch. @example { fetch: myFetch } */
  readonly fetch?: RpcFetch | undefined
}

/** How often a reader waits for endpoints that limit its rate (HTTP 429), and how long at most. */
const MAX_WAITS = 3
const MAX_WAIT_MS = 2_000
/** When no endpoint could be reached, all are tried once more after this long. */
const RETRY_AFTER_MS = 150

/**
 * Builds a reader over the endpoints of every network.
 *
 * @throws {TypeError} when a URL is malformed. The message does not show it.
 */
export function createChainReader(options: ChainReaderOptions): ChainReader {
  const networks = createEndpoints(options)
  const { clock } = options
  return {
    async read(network, ask, { signal, moneyState = 'none' } = {}) {
      const endpoints = networks.get(network) ?? []
      const failures = new Map<Endpoint, unknown>()
      for (let round = 0; ; round++) {
        for (const endpoint of inTurn(endpoints)) {
          try {
            return await askOne(endpoint, { network, ask, signal })
          } catch (error) {
            signal?.throwIfAborted()
            failures.set(endpoint, error)
          }
        }
        const waitMs = waitBefore(round + 1, endpoints)
        if (waitMs === undefined) throw unavailable({ network, endpoints, failures }, moneyState)
        await clock.sleep(waitMs, signal)
      }
    }
  }
}

function createEndpoints(options: ChainReaderOptions): ReadonlyMap<string, readonly Endpoint[]> {
  const { transports = {}, rpcUrls = {}, publicUrls } = options
  const fetch: RpcFetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const networks = [publicUrls, rpcUrls, transports].flatMap((given) => Object.keys(given))
  return new Map(
    networks.map((network) => {
      assertNetworkId(network)
      const transport = transports[network]
      const urls = rpcUrls[network] ?? (transport ? [] : (publicUrls[network] ?? []))
      const carriers = [urls].flat().map((url) => createHttpTransport(url, fetch))
      const all = transport ? [transport, ...carriers] : carriers
      return [network, all.map((each) => createEndpoint({ ...options, transport: each }))]
    })
  )
}

function assertNetworkId(name: string): asserts name is NetworkId {
  if (/^[-a-z0-9]{3,8}:[-\w]{1,32}$/.test(name)) return
  throw new TypeError(`rpcUrls names "${name}", which is not a CAIP-2 network id such as eip155:8453`)
}

/** One read. */
interface Question<Value> {
  readonly network: NetworkId
  readonly ask: (rpc: Rpc) => Promise<Value>
  readonly signal: AbortSignal | undefined
}

/**
 * The network is checked in parallel with the first request, whose answer waits for the check. What another network
 * answers, be it an error, says nothing.
 */
async function askOne<Value>(endpoint: Endpoint, { network, ask, signal }: Question<Value>): Promise<Value> {
  const rpc: Rpc = (method, params = []) => endpoint.call(method, params, signal)
  const both = Promise.allSettled([endpoint.assertServes(network), ask(rpc)])
  const [check, answer] = await abortable(both, signal)
  if (check.status === 'rejected') throw check.reason
  if (answer.status === 'rejected') throw answer.reason
  return answer.value
}

/** In the user's order, with recently failed endpoints last. */
function inTurn(endpoints: readonly Endpoint[]): Endpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.restMs() === 0)
  return ready.toSorted((a, b) => Number(a.isFailing()) - Number(b.isFailing()))
}

/** How long to wait before a round; nothing when there is to be none. */
function waitBefore(round: number, endpoints: readonly Endpoint[]): number | undefined {
  const rests = endpoints.map((endpoint) => endpoint.restMs()).filter((ms) => ms > 0)
  if (rests.length > 0) {
    const restMs = Math.min(...rests)
    return restMs <= MAX_WAIT_MS && round <= MAX_WAITS ? restMs : undefined
  }
  return round === 1 && endpoints.some((endpoint) => endpoint.isWorthRetrying()) ? RETRY_AFTER_MS : undefined
}

/** A read that no endpoint answered. */
interface FailedRead {
  readonly network: NetworkId
  readonly endpoints: readonly Endpoint[]
  /** What came of each that was asked. */
  readonly failures: ReadonlyMap<Endpoint, unknown>
}

function unavailable(
  { network, endpoints, failures }: FailedRead,
  moneyState: MoneyState
): BursarError<'rpc/unavailable'> {
  const reasons = endpoints.map((each) => failureWords(each.transport, failures.get(each)))
  const what =
    reasons.length === 0
      ? `No RPC endpoint is known of ${networkTitle(network)}: ${endpointAdvice(network)}.`
      : `No RPC endpoint of ${networkTitle(network)} gave a usable answer: ${reasons.join('; ')}.`
  return new BursarError('rpc/unavailable', {
    message: what,
    context: { network, endpoints: endpoints.length, reasons },
    moneyState,
    cause: [...failures.values()].at(-1)
  })
}
