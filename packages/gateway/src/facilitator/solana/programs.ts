import { PublicKey } from '@solana/web3.js'

/** The programs that an exact payment may call. */
export const programs = {
  computeBudget: new PublicKey('ComputeBudget111111111111111111111111111111'),
  token: new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'),
  token2022: new PublicKey('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb'),
  associatedToken: new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL'),
  system: new PublicKey('11111111111111111111111111111111'),
  memo: new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'),
  lighthouse: new PublicKey('L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95')
} as const

/** The associated token account: where an owner's tokens of a mint are held. */
export function tokenAccountOf(owner: PublicKey, mint: PublicKey, tokenProgram: PublicKey): PublicKey {
  const seeds = [owner, tokenProgram, mint].map((key) => key.toBuffer())
  return PublicKey.findProgramAddressSync(seeds, programs.associatedToken)[0]
}
