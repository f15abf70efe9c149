import { createPrivateKey, sign } from 'node:crypto'
import { type Keypair, type MessageV0, VersionedTransaction } from '@solana/web3.js'
import type { WalletTransaction } from '../src/account/wallet-transaction.js'
import type { SolanaWallet } from '../src/index.js'

/** Ed25519 through OpenSSL. */
export function signBytes({ secretKey }: Keypair, message: Uint8Array): Uint8Array {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  const der = Buffer.concat([prefix, secretKey.subarray(0, 32)])
  return sign(null, message, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
}

/** What wallets of the Wallet Standard do: bytes there and back. `change` is what a wallet does to the message. */
export function standardWallet(
  keypair: Keypair,
  change = (message: MessageV0): MessageV0 => message
): SolanaWallet {
  return {
    publicKey: keypair.publicKey,
    async signTransaction(transaction: VersionedTransaction) {
      const { message } = VersionedTransaction.deserialize(transaction.serialize())
      const signed = new VersionedTransaction(change(message as MessageV0))
      signed.sign([keypair])
      return signed
    }
  }
}

/** What Anchor's node wallet does. */
export function anchorWallet(keypair: Keypair): SolanaWallet {
  return {
    publicKey: keypair.publicKey,
    async signTransaction(transaction: WalletTransaction) {
      if ('version' in transaction) transaction.sign([keypair])
      return transaction
    }
  }
}

/** What wallets do that ask for an instance of their own class. */
export function instanceWallet(keypair: Keypair): SolanaWallet {
  return {
    publicKey: keypair.publicKey,
    async signTransaction(transaction: WalletTransaction) {
      if (!(transaction instanceof VersionedTransaction)) transaction.partialSign(keypair)
      return transaction
    }
  }
}

/** What injected wallets do: they sign elsewhere and add the signature. */
export function injectedWallet(keypair: Keypair): SolanaWallet {
  return {
    publicKey: keypair.publicKey,
    async signTransaction(transaction: WalletTransaction) {
      transaction.addSignature(keypair.publicKey, signBytes(keypair, transaction.message.serialize()))
      return transaction
    }
  }
}
