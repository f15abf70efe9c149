import { type SignedPayment, x402V2 } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import { offerOf } from './offers.js'
import type { RpcAnswer, RpcCall } from './rpc-server.js'
import { startScriptedChain } from './scripted-chain.js'

/** The block height of the chain, unless it says another. */
export const MARK = 1_150

/** Who pays. */
export const keypair = Keypair.generate()

/** A transaction of the payer's token account, as a node lists it. */
interface Listed {
  readonly signature: string
  readonly slot: number
  readonly memo: string | null
  readonly err: unknown
}

/** What the chain says when it is asked about a payment. */
export interface Says {
  readonly height?: number
  readonly listed?: (call: RpcCall) => readonly Listed[]
  readonly bytes?: (name: string) => string | undefined
  readonly firstHeight?: number
  readonly special?: (call: RpcCall) => RpcAnswer | undefined
}

/** The name of a transaction. */
export const name = (seed: number): string => bs58.encode(new Uint8Array(64).fill(seed))

/** A transaction in a node's list. */
export const listing = (seed: number, more: Partial<Listed> = {}): Listed => ({
  signature: name(seed),
  slot: 1_100,
  memo: null,
  err: null,
  ...more
})

/** Pays, and asks what became of it on a chain that says so. */
export async function askStatus(saysOf: (payment: SignedPayment) => Says) {
  let says: Says = {}
  const chain = await startScriptedChain((call) => says.special?.(call) ?? answer(says, call))
  const payer = chain.payerOf(keypair)
  const payment = await (await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })).sign()
  says = saysOf(payment)
  const asked = chain.node.calls.length
  const status = await payer
    .getSettlementStatus(payment)
    .catch((error: { code: string; moneyState: string }) => `${error.code} ${error.moneyState}`)
  return { status, calls: chain.node.calls.slice(asked) }
}

/** What a node answers by what the chain says. */
export function answer(
  { height = MARK, listed = () => [], bytes, firstHeight = 0 }: Says,
  call: RpcCall
): RpcAnswer | undefined {
  switch (call.method) {
    case 'getEpochInfo':
      return { result: { absoluteSlot: height + 100, blockHeight: height } }
    case 'getSignaturesForAddress':
      return { result: behind(listed(call), call) }
    case 'getTransaction': {
      const found = bytes?.(String(call.params[0]))
      return { result: found === undefined ? null : { transaction: [found, 'base64'] } }
    }
    case 'getFirstAvailableBlock':
      return { result: 400 }
    case 'getBlock':
      return { result: { blockHeight: call.params[0] === 400 ? firstHeight : MARK } }
    default:
      return undefined
  }
}

/** What a list has behind the last transaction of the page before. */
function behind(all: readonly Listed[], { params: [, config] }: RpcCall): readonly Listed[] {
  const before = Object(config).before
  return all.slice(all.findLastIndex(({ signature }) => signature === before) + 1)
}
