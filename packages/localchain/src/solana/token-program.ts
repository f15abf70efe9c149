import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js'

/** USDC at its mainnet address. */
export const USDC_MINT = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')

/** The SPL Token program. */
export const TOKEN_PROGRAM = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA')
const ASSOCIATED_TOKEN_PROGRAM = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL')

const USDC_DECIMALS = 6
const MINT_BYTES = 82

/** The associated token account, where an owner's USDC is held. */
export function usdcAccountOf(owner: PublicKey): PublicKey {
  const seeds = [owner, TOKEN_PROGRAM, USDC_MINT].map((key) => key.toBuffer())
  return PublicKey.findProgramAddressSync(seeds, ASSOCIATED_TOKEN_PROGRAM)[0]
}

/** The state of a mint that has minted nothing yet. @see spl-token `Mint` */
export function encodeMint(authority: PublicKey): Uint8Array {
  const bytes = new Uint8Array(MINT_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 1, true)
  bytes.set(authority.toBytes(), 4)
  bytes[44] = USDC_DECIMALS
  bytes[45] = 1
  return bytes
}

/** Creates an owner's USDC account, unless it exists. */
export function createUsdcAccount(funder: PublicKey, owner: PublicKey): TransactionInstruction {
  const writable = { isSigner: false, isWritable: true }
  const readonly = { isSigner: false, isWritable: false }
  return new TransactionInstruction({
    programId: ASSOCIATED_TOKEN_PROGRAM,
    keys: [
      { pubkey: funder, isSigner: true, isWritable: true },
      { pubkey: usdcAccountOf(owner), ...writable },
      { pubkey: owner, ...readonly },
      { pubkey: USDC_MINT, ...readonly },
      { pubkey: SystemProgram.programId, ...readonly },
      { pubkey: TOKEN_PROGRAM, ...readonly }
    ],
    data: Buffer.of(1)
  })
}

/** Mints to an owner's USDC account. */
export function mintUsdc(
  authority: PublicKey,
  owner: PublicKey,
  amountAtomic: bigint
): TransactionInstruction {
  const data = Buffer.alloc(9)
  data[0] = 7
  data.writeBigUInt64LE(amountAtomic, 1)
  return new TransactionInstruction({
    programId: TOKEN_PROGRAM,
    keys: [
      { pubkey: USDC_MINT, isSigner: false, isWritable: true },
      { pubkey: usdcAccountOf(owner), isSigner: false, isWritable: true },
      { pubkey: authority, isSigner: true, isWritable: false }
    ],
    data
  })
}

/** The amount in a token account's state. @see spl-token `Account` */
export function readAmount(data: Uint8Array): bigint {
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getBigUint64(64, true)
}
