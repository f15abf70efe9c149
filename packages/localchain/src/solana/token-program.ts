import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js'

/** The SPL Token program. */
export const TOKEN_PROGRAM = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA')
const ASSOCIATED_TOKEN_PROGRAM = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL')

const USDC_DECIMALS = 6
const MINT_BYTES = 82
const ACCOUNT_BYTES = 165
const INITIALIZED = 1

/** The associated token account, where an owner's tokens are held. */
export function tokenAccountOf(owner: PublicKey, mint: PublicKey): PublicKey {
  const seeds = [owner, TOKEN_PROGRAM, mint].map((key) => key.toBuffer())
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

/** The state of a token account. @see spl-token `Account` */
export function encodeAccount(owner: PublicKey, mint: PublicKey, amountAtomic: bigint): Uint8Array {
  const bytes = Buffer.alloc(ACCOUNT_BYTES)
  bytes.set(mint.toBytes(), 0)
  bytes.set(owner.toBytes(), 32)
  bytes.writeBigUInt64LE(amountAtomic, 64)
  bytes[108] = INITIALIZED
  return bytes
}

/** Creates an owner's token account, unless it exists. */
export function createTokenAccount(
  funder: PublicKey,
  owner: PublicKey,
  mint: PublicKey
): TransactionInstruction {
  const writable = { isSigner: false, isWritable: true }
  const readonly = { isSigner: false, isWritable: false }
  return new TransactionInstruction({
    programId: ASSOCIATED_TOKEN_PROGRAM,
    keys: [
      { pubkey: funder, isSigner: true, isWritable: true },
      { pubkey: tokenAccountOf(owner, mint), ...writable },
      { pubkey: owner, ...readonly },
      { pubkey: mint, ...readonly },
      { pubkey: SystemProgram.programId, ...readonly },
      { pubkey: TOKEN_PROGRAM, ...readonly }
    ],
    data: Buffer.of(1)
  })
}

/** Mints to a token account. */
export function mintTokens(
  accounts: { readonly authority: PublicKey; readonly mint: PublicKey; readonly to: PublicKey },
  amountAtomic: bigint
): TransactionInstruction {
  const data = Buffer.alloc(9)
  data[0] = 7
  data.writeBigUInt64LE(amountAtomic, 1)
  return new TransactionInstruction({
    programId: TOKEN_PROGRAM,
    keys: [
      { pubkey: accounts.mint, isSigner: false, isWritable: true },
      { pubkey: accounts.to, isSigner: false, isWritable: true },
      { pubkey: accounts.authority, isSigner: true, isWritable: false }
    ],
    data
  })
}

/** The amount in a token account's state. @see spl-token `Account` */
export function readAmount(data: Uint8Array): bigint {
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getBigUint64(64, true)
}
