import { createPublicKey, verify } from 'node:crypto'
import type { PublicKey } from '@solana/web3.js'
import type { Check } from '../context.js'

/** DER of an Ed25519 public key, up to its 32 bytes. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Katana 39: account 0 is the fee payer of the offer. */
export const feePayerIsFirst: Check = ({ transaction, feePayer }) =>
  transaction.message.staticAccountKeys[0]?.equals(feePayer) ? undefined : 'fee_payer_mismatch'

/** Every account is named in the transaction itself: nothing hides behind a lookup table. */
export const namesEveryAccount: Check = ({ transaction }) =>
  transaction.message.addressTableLookups.length === 0 ? undefined : 'lookup_table_refused'

/** Katana 40: whoever must sign beside the fee payer has signed exactly this message. */
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
