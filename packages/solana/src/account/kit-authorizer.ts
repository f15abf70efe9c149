import { readAddress } from '../address/address.js'
import { buildTransaction, signatureAt } from '../wire/transaction.js'
import type { Authorizer, UnsignedTransaction } from './authorizer.js'
import type { SolanaKitModifyingSigner, SolanaKitSigner, SolanaKitTransaction } from './solana-account.js'

/**
 * Signs through a kit signer.
 *
 * @throws {TypeError} when its address is none.
 */
export function kitAuthorizer(signer: SolanaKitSigner | SolanaKitModifyingSigner): Authorizer {
  const address = readAddress(signer.address)
  return {
    foreign: true,
    address: () => address,
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

function kitTransaction({
  bytes,
  messageAt,
  signers,
  ...unsigned
}: UnsignedTransaction): SolanaKitTransaction {
  const { blockhash, lastValidBlockHeight } = unsigned
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
