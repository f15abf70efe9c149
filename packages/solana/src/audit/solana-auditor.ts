import {
  type Auditor,
  type Clock,
  createRegistry,
  type RegistryAdditions,
  type SettlementClaim,
  type SettlementFinding,
  systemClock
} from '@bursar/core'
import { createAuthorizer } from '../account/authorizer.js'
import type { SolanaAccount } from '../account/solana-account.js'
import { tokenAccountOf } from '../address/token-account.js'
import { createChainReader, type RpcUrls } from '../rpc/chain-reader.js'
import type { Rpc } from '../rpc/endpoint.js'
import { createMints } from '../rpc/mints.js'
import { readDebits } from './read-debits.js'
import { readLandedTransaction } from './read-transaction.js'

/** What a Solana auditor is made from. */
export interface SolanaAuditorOptions {
  readonly account: SolanaAccount
  readonly rpcUrls?: RpcUrls | undefined
  /** For each call to an endpoint. Default 10_000. */
  readonly rpcTimeoutMs?: number
  /** Assets beyond Circle's USDC. */
  readonly known?: RegistryAdditions | undefined
  readonly clock?: Clock | undefined
}

/**
 * Looks at what an account has paid on Solana. It cancels nothing: a payment there dies by itself within two minutes.
 *
 * @throws {TypeError} when the account is malformed. The message never shows a key.
 */
export function solanaAuditor(options: SolanaAuditorOptions): Auditor {
  const { rpcUrls = {}, rpcTimeoutMs: timeoutMs = 10_000, known, clock = systemClock } = options
  const authorizer = createAuthorizer(options.account)
  const registry = createRegistry(known)
  const reader = createChainReader({
    rpcUrls,
    timeoutMs,
    clock,
    fetch: (url, init) => globalThis.fetch(url, init)
  })
  const mints = createMints(reader)
  return {
    family: 'solana',
    confirm: (claim, signal) =>
      reader.read(claim.network, (rpc) => confirmTransfer(rpc, claim), signal, 'unknown'),
    async debits(network, fromMs, signal) {
      const asset = registry.defaultAsset(network)
      if (!asset) throw new TypeError(`No asset is known on ${network}`)
      const [owner, mint] = await Promise.all([authorizer.address(), mints.read(asset, signal)])
      const account = tokenAccountOf(owner, mint.address, mint.tokenProgram)
      const query = { network, mint: asset.address, owner: owner.text, account, fromMs }
      return reader.read(network, (rpc) => readDebits(rpc, query), signal)
    }
  }
}

/** The message that was signed holds payee, mint and amount, so that its hash says everything. */
async function confirmTransfer(rpc: Rpc, claim: SettlementClaim): Promise<SettlementFinding> {
  if (!/^[1-9A-HJ-NP-Za-km-z]{64,88}$/.test(claim.transaction)) return 'contradicted'
  const landed = await readLandedTransaction(rpc, claim.transaction)
  if (!landed) return 'unseen'
  return landed.succeeded && landed.reference === claim.reference ? 'confirmed' : 'contradicted'
}
