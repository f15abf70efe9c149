import type { SolanaChain } from '@bursar/localchain/solana'
import { PublicKey } from '@solana/web3.js'

const TOKEN_2022 = new PublicKey('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb')
const ACCOUNTS = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL')
/** Where an extension begins behind a mint or an account: both have the length of an account, and a byte for their kind. */
const EXTENSION_AT = 166
const FEE_CONFIG_BYTES = 108
const LAMPORTS = 10_000_000

/** A mint of the Token-2022 program. */
export interface Token2022 {
  readonly mint: string
  /** What the mint keeps of each transfer, in hundredths of a percent. 0: it has no such extension. */
  readonly feeBasisPoints: number
}

/** Puts a mint of six decimals at its address. */
export function installMint(chain: SolanaChain, { mint, feeBasisPoints }: Token2022): Promise<void> {
  const data = Buffer.alloc(feeBasisPoints > 0 ? EXTENSION_AT + 4 + FEE_CONFIG_BYTES : 82)
  data.writeBigUInt64LE(10n ** 15n, 36)
  data.writeUInt8(6, 44)
  data.writeUInt8(1, 45)
  if (feeBasisPoints > 0) {
    data.writeUInt8(1, EXTENSION_AT - 1)
    data.writeUInt16LE(1, EXTENSION_AT)
    data.writeUInt16LE(FEE_CONFIG_BYTES, EXTENSION_AT + 2)
    // Behind two authorities and what is withheld: the fee until an epoch and the fee since, which are the same here.
    for (const at of [EXTENSION_AT + 76, EXTENSION_AT + 94]) {
      data.writeBigUInt64LE(10n ** 12n, at + 8)
      data.writeUInt16LE(feeBasisPoints, at + 16)
    }
  }
  return setAccount(chain, new PublicKey(mint), data)
}

/** Gives an owner a token account that holds so much. */
export function fundAccount(
  chain: SolanaChain,
  token: Token2022,
  { owner, amountAtomic }: { readonly owner: PublicKey; readonly amountAtomic: bigint }
): Promise<void> {
  const data = Buffer.alloc(token.feeBasisPoints > 0 ? EXTENSION_AT + 4 + 8 : 165)
  new PublicKey(token.mint).toBuffer().copy(data, 0)
  owner.toBuffer().copy(data, 32)
  data.writeBigUInt64LE(amountAtomic, 64)
  data.writeUInt8(1, 108)
  if (token.feeBasisPoints > 0) {
    data.writeUInt8(2, EXTENSION_AT - 1)
    data.writeUInt16LE(2, EXTENSION_AT)
    data.writeUInt16LE(8, EXTENSION_AT + 2)
  }
  return setAccount(chain, accountOf(token, owner), data)
}

/** What an owner holds. */
export async function holdingOf(chain: SolanaChain, token: Token2022, owner: PublicKey): Promise<bigint> {
  const account = await call(chain, 'getAccountInfo', [
    accountOf(token, owner).toBase58(),
    { encoding: 'base64' }
  ])
  const [data = ''] = Object(account).value?.data ?? []
  return Buffer.from(data, 'base64').readBigUInt64LE(64)
}

function accountOf({ mint }: Token2022, owner: PublicKey): PublicKey {
  const seeds = [owner.toBuffer(), TOKEN_2022.toBuffer(), new PublicKey(mint).toBuffer()]
  return PublicKey.findProgramAddressSync(seeds, ACCOUNTS)[0]
}

async function setAccount(chain: SolanaChain, address: PublicKey, data: Buffer): Promise<void> {
  const account = {
    lamports: LAMPORTS,
    owner: TOKEN_2022.toBase58(),
    data: data.toString('hex'),
    executable: false
  }
  await call(chain, 'surfnet_setAccount', [address.toBase58(), account])
}

async function call({ rpcUrl }: SolanaChain, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  })
  const { result, error } = await response.json()
  if (error) throw new Error(`${method}: ${error.message}`)
  return result
}
