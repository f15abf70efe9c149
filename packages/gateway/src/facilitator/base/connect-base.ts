import type { RandomBytes } from '@bursar/core'
import { type Address, getAddress, type Hex, toHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import type { BaseConnection } from '../../options.js'
import type { ConnectContext } from '../connect-context.js'
import type { Facilitator } from '../facilitator.js'
import { connectBaseFacilitator } from './connect-facilitator.js'

/**
 * Connects the gateway to Base.
 *
 * @throws {TypeError} when no account can send the settlements, or the chain has no known USDC.
 */
export async function connectBase(
  base: BaseConnection,
  { random, signal, receiptTimeoutMs }: ConnectContext
): Promise<{ readonly facilitator: Facilitator; readonly payTo: Address }> {
  const payTo = base.payTo ?? getAddress(toHex(random(20)))
  const facilitator = await connectBaseFacilitator({
    rpcUrl: base.rpcUrl,
    ...(base.usdc ? { asset: base.usdc } : {}),
    payTo,
    relayerKey: await relayerKeyOf(base, random),
    receiptTimeoutMs,
    signal
  })
  return { facilitator, payTo }
}

async function relayerKeyOf(
  { relayerKey, fundGas, accounts }: BaseConnection,
  random: RandomBytes
): Promise<Hex> {
  if (relayerKey) return relayerKey
  if (fundGas) {
    const key = toHex(random(32))
    await fundGas(privateKeyToAddress(key))
    return key
  }
  // The last account may administer the token and send transactions of its own.
  const spare = accounts?.at(-2)
  if (!spare) throw new TypeError('base: give a relayerKey, or fundGas, or accounts')
  return spare.privateKey
}
