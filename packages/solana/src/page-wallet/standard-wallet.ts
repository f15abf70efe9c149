/** An account that a wallet shares with a page. */
export interface StandardAccount {
  /** Base58. */
  readonly address: string
  /** 32 bytes. */
  readonly publicKey: ArrayLike<number>
  /** `solana:mainnet`, `solana:devnet` */
  readonly chains: readonly string[]
}

/**
 * A wallet as `getWallets()` of `@wallet-standard/app` gives it. Its features are functions of its own, whose answers are
 * read as anything.
 *
 * @see https://github.com/wallet-standard/wallet-standard
 */
export interface StandardWallet {
  readonly name: string
  /** What it shares with the page now. */
  readonly accounts: readonly StandardAccount[]
  readonly features: Readonly<Record<`${string}:${string}`, unknown>>
}

/** A function of a wallet. */
type Feature = (...inputs: readonly object[]) => Promise<unknown>

/** A function of one of a wallet's features, or nothing where the wallet has it not. */
export function featureOf(wallet: StandardWallet, name: `${string}:${string}`): Feature | undefined {
  const feature = wallet.features[name]
  const method: unknown = Reflect.get(Object(feature), name.slice(name.indexOf(':') + 1))
  if (typeof method !== 'function') return undefined
  return async (...inputs) => Reflect.apply(method, feature, inputs)
}

/** Whether a wallet signs transactions of version 0, which payments are. Some sign for a device that knows older ones only. */
export function signsVersion0(wallet: StandardWallet): boolean {
  const feature: object = Object(wallet.features['solana:signTransaction'])
  const versions: unknown = Reflect.get(feature, 'supportedTransactionVersions')
  return Array.isArray(versions) && versions.includes(0)
}

/** Bytes of the first of a feature's answers. @throws {TypeError} when there are none. */
export function bytesIn(answers: unknown, field: string): Uint8Array {
  const first: unknown = Array.isArray(answers) ? answers[0] : undefined
  const bytes: unknown = Reflect.get(Object(first), field)
  if (bytes instanceof Uint8Array) return bytes
  throw new TypeError(`it returned no ${field}`)
}
