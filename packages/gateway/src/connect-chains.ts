import type { RandomBytes } from '@bursar/core'
import type { Address } from 'viem'
import { connectBase } from './facilitator/base/connect-base.js'
import type { Facilitator } from './facilitator/facilitator.js'
import type { GatewayOptions } from './options.js'

const RECEIPT_TIMEOUT_MS = 10_000

/** Who receives the payments. Reading the payee of a chain that the gateway does not settle on throws. */
export interface Payees {
  readonly base: Address
  /** Base58. */
  readonly solana: string
}

/** The chains that a gateway settles on, Base first. */
export interface ConnectedChains {
  readonly facilitators: readonly Facilitator[]
  readonly payTo: Payees
}

/**
 * Connects to the chains that the options name.
 *
 * @throws {TypeError} when none is named, or one cannot be used.
 */
export async function connectChains(
  options: GatewayOptions,
  random: RandomBytes,
  signal: AbortSignal
): Promise<ConnectedChains> {
  const { base, solana, relays, receiptTimeoutMs = RECEIPT_TIMEOUT_MS } = options
  if (!base && !solana && !relays)
    throw new TypeError('Give a chain to settle on (base, solana or both), or relays')
  const context = { random, signal, receiptTimeoutMs }
  const onBase = base && (await connectBase(base, context))
  const onSolana = solana && (await connectSolanaLazily(solana, context))
  return {
    facilitators: [onBase, onSolana].flatMap((chain) => chain?.facilitator ?? []),
    payTo: {
      get base() {
        return connected('base', onBase).payTo
      },
      get solana() {
        return connected('solana', onSolana).payTo
      }
    }
  }
}

/** Imports the Solana part only when it is used, because @solana/web3.js takes a while to load. */
async function connectSolanaLazily(
  ...args: Parameters<typeof import('./facilitator/solana/connect-solana.js').connectSolana>
) {
  const { connectSolana } = await import('./facilitator/solana/connect-solana.js')
  return connectSolana(...args)
}

function connected<Chain>(name: string, chain: Chain | undefined): Chain {
  if (chain === undefined) throw new TypeError(`The gateway does not settle on ${name}`)
  return chain
}
