import { createRequire } from 'node:module'
import {
  createAssociatedTokenAccountIdempotentInstruction,
  createMintToInstruction,
  getAssociatedTokenAddressSync,
  MintLayout,
  TOKEN_PROGRAM_ID
} from '@solana/spl-token'
import {
  ComputeBudgetProgram,
  Connection,
  Keypair,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'

const USDC = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')

export async function startSolana({ slotTimeMs = 50 } = {}) {
  const { Surfnet } = createRequire('/tmp/sol/')('@solana/surfpool-linux-x64-gnu')
  const net = Surfnet.startWithConfig({ offline: true, blockProductionMode: 'clock', slotTimeMs })
  const drain = setInterval(() => net.drainEvents(), 100)
  const rpcUrl: string = net.rpcUrl
  const connection = new Connection(rpcUrl, 'confirmed')
  const admin = Keypair.generate()
  net.fundSol(admin.publicKey.toBase58(), 100_000_000_000)
  const data = Buffer.alloc(MintLayout.span)
  MintLayout.encode(
    {
      mintAuthorityOption: 1,
      mintAuthority: admin.publicKey,
      supply: 0n,
      decimals: 6,
      isInitialized: true,
      freezeAuthorityOption: 0,
      freezeAuthority: PublicKey.default
    },
    data
  )
  net.setAccount(USDC.toBase58(), 1_461_600, [...data], TOKEN_PROGRAM_ID.toBase58())
  const accountOf = (owner: string) => getAssociatedTokenAddressSync(USDC, new PublicKey(owner), true)
  async function send(instructions: TransactionInstruction[]): Promise<void> {
    const { blockhash } = await connection.getLatestBlockhash()
    const unique = ComputeBudgetProgram.setComputeUnitPrice({
      microLamports: Math.floor(Math.random() * 1e6)
    })
    const tx = new VersionedTransaction(
      new TransactionMessage({
        payerKey: admin.publicKey,
        recentBlockhash: blockhash,
        instructions: [unique, ...instructions]
      }).compileToV0Message()
    )
    tx.sign([admin])
    const name = await connection.sendRawTransaction(tx.serialize())
    for (;;) {
      const { value } = await connection.getSignatureStatus(name)
      if (value) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return {
    rpcUrl,
    mint: (to: string, amountAtomic: bigint) =>
      send([
        createAssociatedTokenAccountIdempotentInstruction(
          admin.publicKey,
          accountOf(to),
          new PublicKey(to),
          USDC
        ),
        createMintToInstruction(USDC, accountOf(to), admin.publicKey, amountAtomic)
      ]),
    fundSol: async (to: string, lamports: bigint) => net.fundSol(to, Number(lamports)),
    async balanceOf(owner: string): Promise<bigint> {
      const info = await connection.getAccountInfo(accountOf(owner))
      return info ? info.data.readBigUInt64LE(64) : 0n
    },
    async stop() {
      clearInterval(drain)
      net.stop?.()
    }
  }
}
