import { type JsonObject, knownNetworks, type Offer, SOLANA_MAINNET } from '@bursar/core'
import { knownAssets } from '@bursar/core/registry'
import { Keypair } from '@solana/web3.js'

/** A payee of the tests, and a fee payer that is somebody else. */
export const PAYEE = Keypair.fromSeed(new Uint8Array(32).fill(1)).publicKey.toBase58()
export const FACILITATOR = Keypair.fromSeed(new Uint8Array(32).fill(2)).publicKey.toBase58()

/** What a server may offer differently. */
export interface OfferChanges {
  readonly amountAtomic?: bigint
  readonly payTo?: string
  readonly extra?: JsonObject
}

/** An offer on mainnet's USDC: 0.25 USDC, the fee paid by {@link FACILITATOR}. */
export function offerOf({
  amountAtomic = 250_000n,
  payTo = PAYEE,
  extra = { feePayer: FACILITATOR }
}: OfferChanges = {}): Offer {
  const network = knownNetworks.find(({ id }) => id === SOLANA_MAINNET)
  const asset = knownAssets.find((each) => each.network === SOLANA_MAINNET)
  if (!network || !asset) throw new TypeError('Solana is not known')
  const common = { scheme: 'exact', network, asset, maxTimeoutSeconds: 60, raw: {} } as const
  return { ...common, amountAtomic, cost: amountAtomic as Offer['cost'], payTo, extra }
}
