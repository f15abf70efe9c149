import { type Dialect, type SignedPayment, SOLANA_MAINNET, x402V2 } from '@bursar/core'
import { type SolanaChain, type SolanaEngineName, startSolana } from '@bursar/localchain/solana'
import { Keypair, PublicKey } from '@solana/web3.js'
import { afterAll, beforeAll } from 'vitest'
import { createSolanaPayer, type SolanaPayer, type SolanaPayerOptions } from '../src/index.js'
import { type Facilitator, facilitatorOf } from './facilitator.js'
import { type OfferChanges, offerOf } from './offers.js'

const SLOT_TIME_MS = 50
export const USDC = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')

/** A payer, and the keys that it pays with. */
interface Wallet {
  readonly payer: SolanaPayer
  readonly keypair: Keypair
}

/** A local chain, a facilitator on it, and what payments are made with. */
export class PaymentScene {
  readonly feePayer = Keypair.generate()
  readonly #engine: SolanaEngineName
  #running: { readonly chain: SolanaChain; readonly facilitator: Facilitator } | undefined

  /** Starts before the tests of a file, and stops after them. */
  constructor(engine: SolanaEngineName) {
    this.#engine = engine
    beforeAll(() => this.#start())
    afterAll(() => this.#running?.chain.stop())
  }

  get chain(): SolanaChain {
    return this.#started.chain
  }

  get facilitator(): Facilitator {
    return this.#started.facilitator
  }

  async newWallet(options: Partial<SolanaPayerOptions> = {}, funds = 1_000_000n): Promise<Wallet> {
    const keypair = Keypair.generate()
    if (funds > 0n) await this.chain.mint(keypair.publicKey.toBase58(), funds)
    const rpcUrls = { [SOLANA_MAINNET]: this.chain.rpcUrl }
    const bounds = { rpcTimeoutMs: 30_000, slotTimeMs: SLOT_TIME_MS }
    return { keypair, payer: createSolanaPayer({ account: keypair, rpcUrls, ...bounds, ...options }) }
  }

  /** An account that has USDC already. */
  async newPayee(): Promise<string> {
    const payee = Keypair.generate().publicKey.toBase58()
    await this.chain.mint(payee, 1n)
    return payee
  }

  async pay(
    payer: SolanaPayer,
    changes: OfferChanges = {},
    dialect: Dialect = x402V2
  ): Promise<SignedPayment> {
    const extra = { feePayer: this.feePayer.publicKey.toBase58(), ...changes.extra }
    const prepared = await payer.prepare(offerOf({ ...changes, extra }), { dialect, maxValiditySeconds: 300 })
    return prepared.sign()
  }

  async untilHeight(height: bigint): Promise<void> {
    while (BigInt(await this.facilitator.connection.getBlockHeight('finalized')) <= height) {
      await new Promise((resolve) => setTimeout(resolve, SLOT_TIME_MS))
    }
  }

  get #started() {
    if (!this.#running) throw new TypeError('The chain runs only while tests do')
    return this.#running
  }

  async #start(): Promise<void> {
    const chain = await startSolana({ slotTimeMs: SLOT_TIME_MS, engine: this.#engine })
    await chain.fundSol(this.feePayer.publicKey.toBase58(), 10_000_000_000n)
    this.#running = { chain, facilitator: facilitatorOf(chain.rpcUrl, this.feePayer) }
  }
}
