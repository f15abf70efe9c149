import { createPublicKey, verify } from 'node:crypto'
import type { PublicKey } from '@solana/web3.js'
import type { Check } from '../context.js'

/** The DER prefix of an Ed25519 public key, before its 32 bytes. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Account 0 is the fee payer of the offer (Katana 39). */
export const feePayerIsFirst: Check = ({ transaction, feePayer }) =>
  transaction.message.staticAccountKeys[0]?.equals(feePayer) ? undefined : 'fee_payer_mismatch'

/** The transaction names every account itself and uses no lookup table. */
export const namesEveryAccount: Check = ({ transaction }) =>
  transaction.message.addressTableLookups.length === 0 ? undefined : 'lookup_table_used'

/** Every required signer beside the fee payer has signed exactly this message (Katana 40). */
export const signaturesHold: Check = ({ transaction }) => {
  const message = transaction.message.serialize()
  const { numRequiredSignatures } = transaction.message.header
  const signers = transaction.message.staticAccountKeys.slice(1, numRequiredSignatures)
  if (signers.length === 0) return 'invalid_signature'
  const holds = signers.every((signer, index) => {
    const signature = transaction.signatures[index + 1]
    return signature !== undefined && verify(null, message, publicKeyOf(signer), signature)
  })
  return holds ? undefined : 'invalid_signature'
}

function publicKeyOf(key: PublicKey): ReturnType<typeof createPublicKey> {
  const spki = Buffer.concat([SPKI_PREFIX, key.toBuffer()])
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
}
