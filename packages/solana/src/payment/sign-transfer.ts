import type { NetworkId } from '@bursar/core'
import { walletWords } from '@bursar/core/wallet-words'
import { ed25519 } from '#ed25519'
import type { SolanaAuthorizer, UnsignedTransaction } from '../account/authorizer.js'
import { signerFailed } from '../account/signer-error.js'
import type { Blockhash } from '../rpc/blockhash.js'
import { walletBudget } from '../transaction/compute-budget.js'
import { findMismatch } from '../transaction/find-mismatch.js'
import type { Transfer } from '../transaction/transfer.js'
import { buildTransaction, type ReadTransaction, readTransaction, signatureAt } from '../wire/transaction.js'

/** A transfer whose bytes are built and lack only our signature. */
export interface BuiltTransfer {
  readonly network: NetworkId
  readonly transfer: Transfer
  readonly blockhash: Blockhash
  readonly bytes: Uint8Array
  /** Whether only its compute price tells it from an equal payment, since the memo is the server's. */
  readonly isUniqueByPrice: boolean
}

/** A transfer's transaction with our signature and nobody else's. */
export interface SignedTransfer {
  readonly bytes: Uint8Array
  /** The bytes that are signed. */
  readonly message: Uint8Array
}

/**
 * Reads the bytes again, and signs if they are the intended transfer. The bytes that a wallet returns are read again:
 * assertions that some wallets add are kept, and the price of
 * compute that some raise; anything else is rejected.
 *
 * @throws {BursarError} `signer/failed`
 */
export async function signTransfer(
  authorizer: SolanaAuthorizer,
  built: BuiltTransfer
): Promise<SignedTransfer> {
  const unsigned = readUnsigned(built)
  const signed = await callSigner(built, () => authorizer.sign(unsigned))
  return authorizer.isTrusted
    ? { bytes: signed, message: signed.subarray(unsigned.messageAt) }
    : checkSigned(built, unsigned.signer, signed)
}

/** The same with a key that signs without a wait. @throws {BursarError} `signer/failed` */
export function signTransferSync(
  sign: (unsigned: UnsignedTransaction) => Uint8Array,
  built: BuiltTransfer
): SignedTransfer {
  const unsigned = readUnsigned(built)
  const bytes = sign(unsigned)
  return { bytes, message: bytes.subarray(unsigned.messageAt) }
}

function readUnsigned({ network, transfer, blockhash, bytes }: BuiltTransfer): UnsignedTransaction {
  const transaction = readTransaction(bytes)
  const mismatch = findMismatch(transaction, transfer)
  if (mismatch !== undefined) {
    throw signerFailed(network, `${mismatch} was not as meant, so it was not asked`)
  }
  const { feePayer, owner } = transfer
  const isFeePayer = feePayer.text === owner.text
  return {
    bytes,
    messageAt: bytes.length - transaction.message.length,
    signer: isFeePayer ? 0 : 1,
    signers: isFeePayer ? [owner.text] : [feePayer.text, owner.text],
    blockhash: blockhash.text,
    lastValidBlockHeight: blockhash.lastValidBlockHeight
  }
}

async function callSigner({ network }: BuiltTransfer, sign: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await sign()
  } catch (cause) {
    const words = walletWords(cause)
    throw signerFailed(network, `it refused to sign${words === undefined ? '' : `: ${words}`}`, cause)
  }
}

async function checkSigned(
  { network, transfer, isUniqueByPrice }: BuiltTransfer,
  signer: number,
  signed: Uint8Array
): Promise<SignedTransfer> {
  const transaction = readSigned(network, signed)
  const mismatch = findMismatch(
    transaction,
    transfer,
    walletBudget(isUniqueByPrice ? transfer.microLamportsPerUnit : undefined)
  )
  if (mismatch !== undefined) throw signerFailed(network, `it changed the payment: ${mismatch} is another`)
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
