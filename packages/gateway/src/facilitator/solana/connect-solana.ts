import { SOLANA_MAINNET } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { chainFetch } from '@bursar/localchain/chain-fetch'
import { keypairOfSecretKey, keypairOfSeed } from '@bursar/localchain/solana'
import { Connection, type Keypair, PublicKey } from '@solana/web3.js'
import type { SolanaConnection } from '../../options.js'
import type { ConnectContext } from '../connect-context.js'
import type { Facilitator } from '../facilitator.js'
import { createTokenAccount } from './create-token-account.js'
import { SolanaFacilitator } from './solana-facilitator.js'

/**
 * Connects the gateway to Solana. Funds both of its accounts and creates the payee's token account, which the
 * standard requires before the first payment.
 *
 * @throws {TypeError} when there is no SOL for the accounts, no such mint, or the network has no known USDC.
 */
export async function connectSolana(
  solana: SolanaConnection,
  { random, signal, receiptTimeoutMs }: ConnectContext
): Promise<{ readonly facilitator: Facilitator; readonly payTo: string }> {
  const { rpcUrl, network = SOLANA_MAINNET, fundSol } = solana
  const registry = createRegistry()
  const usdc = solana.usdc ?? registry.defaultAsset(network)?.address
  if (!usdc) throw new TypeError(`solana: ${network} has no known USDC; give its address as "usdc"`)
  const keypair = (secret: Uint8Array | undefined): Keypair =>
    secret ? keypairOfSecretKey(secret) : keypairOfSeed(random(32))
  const payee = keypair(solana.payeeKey)
  const feePayer = keypair(solana.feePayerKey)
  for (const { publicKey } of [payee, feePayer]) await fundSol?.(publicKey.toBase58())
  if (solana.tokenAccount !== 'missing') {
    const connection = new Connection(rpcUrl, { commitment: 'confirmed', fetch: chainFetch(rpcUrl) })
    await createTokenAccount({ connection, receiptTimeoutMs, signal }, payee, new PublicKey(usdc))
  }
  const facilitator = new SolanaFacilitator({
    rpcUrl,
    network,
    name: registry.network(network)?.v1Name ?? network,
    asset: usdc,
    payee,
    feePayer,
    receiptTimeoutMs,
    signal
  })
  return { facilitator, payTo: payee.publicKey.toBase58() }
}
