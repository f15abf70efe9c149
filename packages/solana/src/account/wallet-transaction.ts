import bs58 from 'bs58'
import { signatureAt } from '../wire/transaction.js'
import type { UnsignedTransaction } from './authorizer.js'
import type { SolanaKeypair, SolanaPublicKey } from './solana-account.js'

/**
 * A transaction in the shape of web3.js's `VersionedTransaction`, as far as wallets use it: they serialize it,
 * add a signature to it, or sign it with a key pair of their own.
 */
export class WalletTransaction {
  readonly version = 0
  readonly signatures: Uint8Array[]
  readonly message: { readonly version: 0; serialize(): Uint8Array }
  /** Key pairs that a wallet has given for signing. */
  readonly #keypairs: SolanaKeypair[] = []
  readonly #unsigned: UnsignedTransaction

  constructor(unsigned: UnsignedTransaction) {
    this.#unsigned = unsigned
    this.signatures = unsigned.signers.map(() => new Uint8Array(64))
    this.message = { version: 0, serialize: () => unsigned.bytes.slice(unsigned.messageAt) }
  }

  /** Its bytes, with the signatures so far. */
  serialize(): Uint8Array {
    const bytes = this.#unsigned.bytes.slice()
    for (const [signer, signature] of this.signatures.entries()) bytes.set(signature, signatureAt(signer))
    return bytes
  }

  /** @throws {TypeError} when the key signs nothing here. */
  addSignature(publicKey: SolanaPublicKey, signature: Uint8Array): void {
    const signer = this.#unsigned.signers.indexOf(bs58.encode(publicKey.toBytes()))
    if (signer === -1) throw new TypeError('That key signs nothing in this transaction')
    this.signatures[signer] = signature
  }

  /** Keeps the key pairs until the wallet returns: web3.js signs at once, browsers cannot. */
  sign(keypairs: readonly SolanaKeypair[]): void {
    this.#keypairs.push(...keypairs)
  }

  /** What wallets call on anything that is not an instance of their own class. */
  partialSign(...keypairs: readonly SolanaKeypair[]): void {
    this.sign(keypairs)
  }

  /** The key pair that a wallet gave for an address. */
  keypairOf(address: string): SolanaKeypair | undefined {
    return this.#keypairs.find(({ publicKey }) => bs58.encode(publicKey.toBytes()) === address)
  }
}
