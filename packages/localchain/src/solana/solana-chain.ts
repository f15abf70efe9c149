import {
  ComputeBudgetProgram,
  Connection,
  Keypair,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'
import { readSettledTransfers, type SettledTransfer } from './settled-transfers.js'
import type { SolanaEngine, StartEngine } from './solana-engine.js'
import { hasSurfpool, startSurfpool } from './surfpool-engine.js'
import {
  createUsdcAccount,
  encodeMint,
  mintUsdc,
  readAmount,
  TOKEN_PROGRAM,
  USDC_MINT,
  usdcAccountOf
} from './token-program.js'

/** How the chain is started. */
export interface SolanaChainOptions {
  /** Milliseconds between blocks. Default 400, as on mainnet; a blockhash lives for 150 blocks. */
  readonly slotTimeMs?: number
  /** Default: surfpool, a real RPC node, where it ships for this machine, else litesvm. */
  readonly engine?: SolanaEngineName
}

/** What can run the chain. */
export type SolanaEngineName = 'surfpool' | 'litesvm'

/** A running local Solana with USDC at its mainnet address. USDC amounts: `1_000_000n = 1 USDC`. */
export interface SolanaChain extends AsyncDisposable {
  readonly rpcUrl: string
  readonly engine: SolanaEngineName
  readonly slotTimeMs: number
  /** The mint, base58. */
  readonly usdc: string
  /** Mints to the owner's token account, which is created when there is none. Resolves once it is in a block. */
  mint(owner: string, amountAtomic: bigint): Promise<void>
  /** What the owner's token account holds: none without an account. */
  balanceOf(owner: string): Promise<bigint>
  /** Gives SOL. Default 1 SOL, `1_000_000_000n` lamports. */
  fundSol(address: string, lamports?: bigint): Promise<void>
  /** What has moved an owner's USDC, from the node's history: the newest 1000, newest first. */
  settledTransfers(owner: string): Promise<readonly SettledTransfer[]>
  /** Ends the chain and waits until it is gone. */
  stop(): Promise<void>
}

const ONE_SOL = 1_000_000_000n
const LANDING_POLL_MS = 20
const LANDING_LIMIT_MS = 20_000

/**
 * Starts a local Solana on loopback, inside this process.
 *
 * @throws {TypeError} when surfpool is asked for where it does not ship: Linux on ARM, and musl.
 */
export async function startSolana(options: SolanaChainOptions = {}): Promise<SolanaChain> {
  const { slotTimeMs = 400, engine: name = hasSurfpool() ? 'surfpool' : 'litesvm' } = options
  const start = await starters[name]()
  const engine = await start({ slotTimeMs })
  const connection = new Connection(engine.rpcUrl, 'confirmed')
  const admin = installUsdc(engine)
  return {
    rpcUrl: engine.rpcUrl,
    engine: name,
    slotTimeMs,
    usdc: USDC_MINT.toBase58(),
    async mint(owner, amountAtomic) {
      const [payer, to] = [admin.publicKey, new PublicKey(owner)]
      await land(connection, admin, [createUsdcAccount(payer, to), mintUsdc(payer, to, amountAtomic)])
    },
    async balanceOf(owner) {
      const account = await connection.getAccountInfo(usdcAccountOf(new PublicKey(owner)))
      return account ? readAmount(account.data) : 0n
    },
    fundSol: async (address, lamports = ONE_SOL) => engine.fundSol(address, lamports),
    settledTransfers: (owner) => readSettledTransfers(connection, owner),
    stop: engine.stop,
    [Symbol.asyncDispose]: engine.stop
  }
}

const starters: Readonly<Record<SolanaEngineName, () => Promise<StartEngine>>> = {
  surfpool: async () => startSurfpool,
  // Loaded where it is needed: it brings kit.
  litesvm: async () => (await import('./litesvm/litesvm-engine.js')).startLitesvm
}

/** Puts the mint at its address, under a new authority that also pays for what the local chain sends. */
function installUsdc(engine: SolanaEngine): Keypair {
  const admin = Keypair.generate()
  engine.fundSol(admin.publicKey.toBase58(), 1_000n * ONE_SOL)
  engine.setAccount({
    address: USDC_MINT.toBase58(),
    owner: TOKEN_PROGRAM.toBase58(),
    lamports: 1_461_600n,
    data: encodeMint(admin.publicKey)
  })
  return admin
}

let sent = 0

async function land(
  connection: Connection,
  admin: Keypair,
  instructions: readonly TransactionInstruction[]
): Promise<void> {
  const { blockhash } = await connection.getLatestBlockhash()
  // Two equal mints on one blockhash would be one transaction.
  const nudge = ComputeBudgetProgram.setComputeUnitPrice({ microLamports: ++sent })
  const message = new TransactionMessage({
    payerKey: admin.publicKey,
    recentBlockhash: blockhash,
    instructions: [nudge, ...instructions]
  })
  const transaction = new VersionedTransaction(message.compileToV0Message())
  transaction.sign([admin])
  const name = await connection.sendRawTransaction(transaction.serialize())
  const deadline = Date.now() + LANDING_LIMIT_MS
  while (Date.now() < deadline) {
    const { value } = await connection.getSignatureStatus(name)
    if (value?.err)
      throw new TypeError(`A transaction of the local chain failed: ${JSON.stringify(value.err)}`)
    if (value) return
    await new Promise((resolve) => setTimeout(resolve, LANDING_POLL_MS))
  }
  throw new TypeError(`A transaction of the local chain is in no block after ${LANDING_LIMIT_MS} ms`)
}
