import type { NetworkId } from '@bursar/core'
import { ed25519 } from '#ed25519'
import type { Authorizer, UnsignedTransaction } from './account/authorizer.js'
import { signerFailed } from './account/signer-error.js'
import type { Blockhash } from './rpc/blockhash.js'
import { findDeparture } from './transaction/guard.js'
import type { Transfer } from './transaction/transfer.js'
import { buildTransaction, type ReadTransaction, readTransaction, signatureAt } from './wire/transaction.js'

/** A transfer's transaction with our signature and nobody else's. */
export interface SignedTransfer {
  readonly bytes: Uint8Array
  /** What is signed. */
  readonly message: Uint8Array
}

/**
 * Reads the bytes once more, and signs when they say what was meant. What a wallet gives back is read again: the
 * assertions that some add are kept, anything else is refused.
 *
 * @throws {BursarError} `signer/failed`
 */
export async function signTransfer(
  authorizer: Authorizer,
  network: NetworkId,
  transfer: Transfer,
  blockhash: Blockhash,
  bytes: Uint8Array
): Promise<SignedTransfer> {
  const transaction = readTransaction(bytes)
  const departure = findDeparture(transaction, transfer)
  if (departure !== undefined)
    throw signerFailed(network, `${departure} was not as meant, so it was not asked`)
  const signer = transfer.feePayer.text === transfer.owner.text ? 0 : 1
  const unsigned: UnsignedTransaction = {
    bytes,
    messageAt: bytes.length - transaction.message.length,
    signer,
    signers: signer === 0 ? [transfer.owner.text] : [transfer.feePayer.text, transfer.owner.text],
    blockhash: blockhash.text,
    lastValidBlockHeight: blockhash.lastValidBlockHeight
  }
  const signed = await askAuthorizer(authorizer, network, unsigned)
  if (authorizer.foreign) return checkSigned(network, transfer, signer, signed)
  return { bytes: signed, message: transaction.message }
}

async function askAuthorizer(
  authorizer: Authorizer,
  network: NetworkId,
  unsigned: UnsignedTransaction
): Promise<Uint8Array> {
  try {
    return await authorizer.sign(unsigned)
  } catch (cause) {
    throw signerFailed(network, 'it refused to sign', cause)
  }
}

async function checkSigned(
  network: NetworkId,
  transfer: Transfer,
  signer: number,
  signed: Uint8Array
): Promise<SignedTransfer> {
  const transaction = readSigned(network, signed)
  const departure = findDeparture(transaction, transfer)
  if (departure !== undefined) throw signerFailed(network, `it changed the payment: ${departure} is another`)
  const signature = transaction.signatures[signer]
  if (!signature || !(await isSignature(transfer, transaction.message, signature))) {
    throw signerFailed(network, 'its signature is not by its address')
  }
  // A wallet may put anything into the fee payer's slot; it goes out empty.
  const bytes = buildTransaction(transaction.signers, transaction.message)
  bytes.set(signature, signatureAt(signer))
  return { bytes, message: transaction.message }
}

function readSigned(network: NetworkId, signed: Uint8Array): ReadTransaction {
  try {
    return readTransaction(signed)
  } catch {
    throw signerFailed(network, 'it returned no transaction')
  }
}

async function isSignature(
  { owner }: Transfer,
  message: Uint8Array,
  signature: Uint8Array
): Promise<boolean> {
  try {
    return await ed25519.verify(owner.bytes, message, signature)
  } catch {
    return false
  }
}
