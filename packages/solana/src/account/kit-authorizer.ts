import { readAddress } from '../address/address.js'
import { buildTransaction, signatureAt } from '../wire/transaction.js'
import type { SolanaAuthorizer, UnsignedTransaction } from './authorizer.js'
import type { SolanaKitModifyingSigner, SolanaKitSigner, SolanaKitTransaction } from './solana-account.js'

/**
 * Signs through a kit signer.
 *
 * @throws {TypeError} when its address is malformed.
 */
export function createKitAuthorizer(signer: SolanaKitSigner | SolanaKitModifyingSigner): SolanaAuthorizer {
  const address = readAddress(signer.address)
  return {
    isTrusted: false,
    address: async () => address,
    syncSigner: async () => undefined,
    async sign(unsigned) {
      const transaction = kitTransaction(unsigned)
      if ('modifyAndSignTransactions' in signer) {
        const [signed] = await signer.modifyAndSignTransactions([transaction])
        return assemble(unsigned, signed?.messageBytes, signed?.signatures[address.text])
      }
      const [signatures] = await signer.signTransactions([transaction])
      return assemble(unsigned, transaction.messageBytes, signatures?.[address.text])
    }
  }
}

function kitTransaction(unsigned: UnsignedTransaction): SolanaKitTransaction {
  const { bytes, messageAt, signers, blockhash, lastValidBlockHeight } = unsigned
  return Object.freeze({
    messageBytes: bytes.slice(messageAt),
    signatures: Object.freeze(Object.fromEntries(signers.map((address) => [address, null]))),
    lifetimeConstraint: { blockhash, lastValidBlockHeight }
  })
}

function assemble(
  { signers, signer }: UnsignedTransaction,
  message: ArrayLike<number> | undefined,
  signature: ArrayLike<number> | null | undefined
): Uint8Array {
  if (!message || signature?.length !== 64) throw new TypeError('The signer returned no signature')
  const bytes = buildTransaction(signers.length, Uint8Array.from(message))
  bytes.set(signature, signatureAt(signer))
  return bytes
}
