/** A wallet as an extension registers it by the Wallet Standard, which it runs in pages and in Node. */
import { getPublicKeyAsync, signAsync } from '@noble/ed25519'
import bs58 from 'bs58'

/** What the wallet's user does about a question. */
type Reaction = 'approves' | 'declines' | 'never answers'

/** An account of the wallet, with its seed. */
export interface KeptAccount {
  readonly address: string
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly chains: readonly `solana:${string}`[]
  readonly features: readonly `solana:${string}`[]
  readonly seed: Uint8Array
}

/** What a wallet is and does. Tests change it between calls, as its user would. */
export interface PageWalletState {
  kept: readonly KeptAccount[]
  isLocked: boolean
  /** By feature. Default: approves. */
  readonly reactions: Record<string, Reaction>
  /** The features that its user was asked about. */
  readonly questions: string[]
  /** What it makes of a message before it signs. Default: nothing. */
  change?: ((message: Uint8Array) => Promise<Uint8Array>) | undefined
  /** The account that signs, whatever it is asked for. */
  signsAs?: KeptAccount | undefined
}

/** An account of a wallet, from 32 bytes. */
export async function keptAccount(
  seed: Uint8Array,
  chains: KeptAccount['chains'] = ['solana:mainnet']
): Promise<KeptAccount> {
  const publicKey = Uint8Array.from(await getPublicKeyAsync(seed))
  const features = ['solana:signTransaction', 'solana:signMessage'] as const
  return { address: bs58.encode(publicKey), publicKey, chains, features, seed }
}

/** A new wallet, which shares its accounts. */
export function pageWalletState(kept: readonly KeptAccount[]): PageWalletState {
  return { kept, isLocked: false, reactions: {}, questions: [] }
}

interface Input {
  readonly account: { readonly address: string }
}

/** The wallet that is registered. */
export function pageWallet(state: PageWalletState) {
  return {
    version: '1.0.0',
    name: 'A wallet',
    icon: 'data:image/png;base64,',
    chains: ['solana:mainnet', 'solana:devnet'],
    get accounts() {
      return state.isLocked ? [] : state.kept
    },
    features: {
      'standard:connect': {
        version: '1.0.0',
        async connect() {
          await ask(state, 'standard:connect')
          return { accounts: state.isLocked ? [] : state.kept }
        }
      },
      'solana:signTransaction': {
        version: '1.0.0',
        supportedTransactionVersions: ['legacy', 0] as const,
        async signTransaction({ account, transaction }: Input & { readonly transaction: Uint8Array }) {
          const { seed, publicKey } = signerOf(state, account.address)
          await ask(state, 'solana:signTransaction')
          return [{ signedTransaction: await signed(state, { transaction, seed, publicKey }) }]
        }
      },
      'solana:signMessage': {
        version: '1.0.0',
        async signMessage({ account, message }: Input & { readonly message: Uint8Array }) {
          const { seed } = signerOf(state, account.address)
          await ask(state, 'solana:signMessage')
          return [{ signedMessage: message, signature: await signAsync(message, seed) }]
        }
      }
    }
  } as const
}

async function ask({ questions, reactions }: PageWalletState, feature: string): Promise<void> {
  questions.push(feature)
  const reaction = reactions[feature] ?? 'approves'
  if (reaction === 'never answers') await new Promise(() => {})
  if (reaction === 'declines') throw Object.assign(new Error('User rejected the request.'), { code: 4001 })
}

function signerOf({ kept, isLocked, signsAs }: PageWalletState, address: string): KeptAccount {
  const account = kept.find((own) => own.address === address)
  if (!account || isLocked) throw Object.assign(new Error('Not authorized'), { code: 4100 })
  return signsAs ?? account
}

interface Signing extends Pick<KeptAccount, 'seed' | 'publicKey'> {
  readonly transaction: Uint8Array
}

/** Fewer than 128 signatures: their count is one byte. */
async function signed(
  { change }: PageWalletState,
  { transaction, seed, publicKey }: Signing
): Promise<Uint8Array> {
  const [count = 0] = transaction
  const given = transaction.slice(1 + 64 * count)
  const message = change ? await change(given) : given
  const [signers = 0] = message.subarray(1)
  const bytes = new Uint8Array(1 + 64 * signers + message.length)
  bytes[0] = signers
  bytes.set(message, 1 + 64 * signers)
  // After a byte for the version, three of the header and one for the number of keys.
  const slot = Math.max(0, indexOfKey(message.subarray(5), publicKey))
  bytes.set(await signAsync(message, seed), 1 + 64 * slot)
  return bytes
}

function indexOfKey(keys: Uint8Array, key: Uint8Array): number {
  for (let index = 0; index < keys.length / 32; index++)
    if (key.every((byte, at) => keys[index * 32 + at] === byte)) return index
  return -1
}
