import { type ChainReader, isBursarError, type NetworkId, type PaymentTerms } from '@bursar/core'
import { offerRejectedError } from './rejection.js'

/** What facilitators want left of a payment's life when they verify it. */
const MIN_LEFT_SECONDS = 6

/** When a payment holds, in Unix seconds by this machine's clock. */
export interface PaymentWindow {
  readonly network: NetworkId
  readonly nowSeconds: number
  readonly beginsAt: number
  readonly endsAt: number
}

/**
 * Rejects a payment that would be expired, or would not hold yet, since this machine's clock is wrong. The server's `Date`
 * is its word alone, so where it says so, the chain's latest block decides. Where the chain does not answer, it is paid.
 *
 * @param serverAheadSeconds how far the server's clock is ahead of this machine's.
 * @throws {BursarError} `offer/none-usable`
 */
export async function assertInTime(
  rpc: ChainReader,
  window: PaymentWindow,
  { serverAheadSeconds = 0, signal }: Pick<PaymentTerms, 'serverAheadSeconds' | 'signal'>
): Promise<void> {
  const { network, nowSeconds } = window
  if (isInTime(window, nowSeconds + serverAheadSeconds)) return
  const chainSeconds = await readChainSeconds(rpc, network, signal)
  if (chainSeconds === undefined || isInTime(window, chainSeconds)) return
  const seconds = Math.abs(chainSeconds - nowSeconds)
  const side = chainSeconds > nowSeconds ? 'behind' : 'ahead of'
  const reason = `this machine’s clock is ${seconds} s ${side} the chain’s, so that no payment would hold when it is checked; set the clock`
  throw offerRejectedError(network, reason)
}

function isInTime({ beginsAt, endsAt }: PaymentWindow, seconds: number): boolean {
  return beginsAt <= seconds && seconds + MIN_LEFT_SECONDS <= endsAt
}

/** The time of the latest block. @returns `undefined` where no endpoint says. */
async function readChainSeconds(
  rpc: ChainReader,
  network: NetworkId,
  signal: AbortSignal | undefined
): Promise<number | undefined> {
  const read = rpc.read(network, (ask) => ask('eth_getBlockByNumber', ['latest', false]), { signal })
  const block = await read.catch((error: unknown) => {
    if (isBursarError(error, 'rpc/unavailable')) return undefined
    throw error
  })
  const timestamp = typeof block === 'object' && block !== null && 'timestamp' in block ? block.timestamp : ''
  return typeof timestamp === 'string' && /^0x[0-9a-f]{1,12}$/i.test(timestamp)
    ? Number(timestamp)
    : undefined
}
