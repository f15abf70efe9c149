import { checkOptions, type OptionChecks, oneOf, systemRandom, wholeNumberFrom } from '@bursar/core'
import { Connection, type Keypair, PublicKey } from '@solana/web3.js'
import { chainFetch } from '../chain-fetch.js'
import { keypairOfSeed } from './keypair-of.js'
import { readSettledTransfers } from './settled-transfers.js'
import type { SolanaChain, SolanaEngineName } from './solana-chain.js'
import type { SolanaEngine, StartEngine } from './solana-engine.js'
import { hasSurfpool, startSurfpool } from './surfpool/surfpool-engine.js'
import {
  createTokenAccount,
  encodeAccount,
  encodeMint,
  mintTokens,
  readAmount,
  TOKEN_PROGRAM,
  tokenAccountOf
} from './token-program.js'
import { createTransactionSender } from './transaction-sender.js'
import { type SolanaNetworkName, solanaNetworks } from './usdc-mint.js'

/** How the chain is started. */
export interface SolanaChainOptions {
  /**
   * The time between two blocks, in milliseconds; a blockhash is valid for 150 of them. Default: 400, as on mainnet.
   *
   * @example { slotTimeMs: 50 }
   */
  readonly slotTimeMs?: number
  /**
   * What runs the chain: `surfpool` is a real RPC node, `litesvm` a virtual machine in this process. Default:
   * surfpool where it exists for this machine, else litesvm.
   *
   * @example { engine: 'litesvm' }
   */
  readonly engine?: SolanaEngineName
  /**
   * The network that the chain stands in for, with the mint of its USDC: `mainnet` or `devnet`. Default: `mainnet`.
   *
   * @example { network: 'devnet' }
   */
  readonly network?: SolanaNetworkName
}

const solanaChainChecks: OptionChecks<SolanaChainOptions> = {
  slotTimeMs: wholeNumberFrom(1, 60_000),
  engine: oneOf('surfpool', 'litesvm'),
  network: oneOf('mainnet', 'devnet')
}

const ONE_SOL = 1_000_000_000n
const MINT_RENT_LAMPORTS = 1_461_600n
const ACCOUNT_RENT_LAMPORTS = 2_039_280n

/**
 * Starts a local Solana on loopback, inside this process.
 *
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `chain/unavailable` when surfpool is requested and does not exist for this machine: Linux on ARM, and musl.
 */
export async function startSolana(options: SolanaChainOptions = {}): Promise<SolanaChain> {
  checkOptions(options, solanaChainChecks)
  const { slotTimeMs = 400, engine: name = hasSurfpool() ? 'surfpool' : 'litesvm' } = options
  const { id: network, usdc } = solanaNetworks[options.network ?? 'mainnet']
  const mint = new PublicKey(usdc)
  const start = await starters[name]()
  const engine = await start({ slotTimeMs })
  const { rpcUrl, snapshot, stop } = engine
  const connection = new Connection(rpcUrl, { commitment: 'confirmed', fetch: chainFetch(rpcUrl) })
  const admin = installUsdc(engine, usdc)
  const send = createTransactionSender(connection, admin)
  const accountOf = (owner: string): PublicKey => tokenAccountOf(new PublicKey(owner), mint)
  return {
    rpcUrl,
    engine: name,
    slotTimeMs,
    network,
    usdc,
    async mint(owner, amountAtomic) {
      const accounts = { authority: admin.publicKey, mint, to: accountOf(owner) }
      await send([
        createTokenAccount(admin.publicKey, new PublicKey(owner), mint),
        mintTokens(accounts, amountAtomic)
      ])
    },
    async setBalance(owner, amountAtomic) {
      engine.setAccount({
        address: accountOf(owner).toBase58(),
        owner: TOKEN_PROGRAM.toBase58(),
        lamports: ACCOUNT_RENT_LAMPORTS,
        data: encodeAccount(new PublicKey(owner), mint, amountAtomic)
      })
    },
    async balanceOf(owner) {
      const account = await connection.getAccountInfo(accountOf(owner))
      return account ? readAmount(account.data) : 0n
    },
    fundSol: async (address, lamports = ONE_SOL) => engine.fundSol(address, lamports),
    settledTransfers: (owner) => readSettledTransfers(connection, owner, accountOf(owner)),
    increaseTime: async (seconds) => engine.travel(seconds),
    snapshot,
    stop,
    [Symbol.asyncDispose]: stop
  }
}

const starters: Readonly<Record<SolanaEngineName, () => Promise<StartEngine>>> = {
  surfpool: async () => startSurfpool,
  // Imported only when it is used, because it needs @solana/kit.
  litesvm: async () => (await import('./litesvm/litesvm-engine.js')).startLitesvm
}

/** Writes the mint to its address. Its authority is a new account, which also pays for what the chain itself sends. */
function installUsdc(engine: SolanaEngine, usdc: string): Keypair {
  const admin = keypairOfSeed(systemRandom(32))
  engine.fundSol(admin.publicKey.toBase58(), 1_000n * ONE_SOL)
  engine.setAccount({
    address: usdc,
    owner: TOKEN_PROGRAM.toBase58(),
    lamports: MINT_RENT_LAMPORTS,
    data: encodeMint(admin.publicKey)
  })
  return admin
}
