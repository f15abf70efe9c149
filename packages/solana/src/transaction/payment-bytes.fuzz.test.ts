import {
  createAssociatedTokenAccountIdempotentInstruction,
  createTransferCheckedInstruction
} from '@solana/spl-token'
import {
  ComputeBudgetProgram,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'
import bs58 from 'bs58'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyTransfer } from '../../test/transfers.js'
import type { Address } from '../address/address.js'
import { readTransaction } from '../wire/transaction.js'
import { createPaymentBuilder } from './template.js'
import { COMPUTE_UNITS, type Transfer } from './transfer.js'

const key = ({ bytes }: Address): PublicKey => new PublicKey(bytes)

/** The same payment, built by spl-token and web3.js. */
function theirMessage(transfer: Transfer): Uint8Array {
  const { feePayer, source, mint, destination, owner, recipient, tokenProgram } = transfer
  const program = key(tokenProgram)
  const create = createAssociatedTokenAccountIdempotentInstruction
  const instructions = [
    ComputeBudgetProgram.setComputeUnitLimit({ units: COMPUTE_UNITS }),
    ComputeBudgetProgram.setComputeUnitPrice({ microLamports: transfer.microLamportsPerUnit }),
    ...(transfer.createsDestination
      ? [create(key(feePayer), key(destination), key(recipient), key(mint), program)]
      : []),
    createTransferCheckedInstruction(
      key(source),
      key(mint),
      key(destination),
      key(owner),
      transfer.amountAtomic,
      transfer.decimals,
      [],
      program
    ),
    ...(transfer.memo ? [memoInstruction(transfer.memo)] : [])
  ]
  const recentBlockhash = bs58.encode(transfer.blockhash)
  return new TransactionMessage({ payerKey: key(feePayer), recentBlockhash, instructions })
    .compileToV0Message()
    .serialize()
}

function memoInstruction(memo: Uint8Array): TransactionInstruction {
  const programId = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr')
  return new TransactionInstruction({ programId, keys: [], data: Buffer.from(memo) })
}

it("a payment's message is, byte for byte, what spl-token and web3.js build", () => {
  const builder = createPaymentBuilder()
  fc.assert(
    fc.property(anyTransfer, anyTransfer, (transfer, other) => {
      const { message } = readTransaction(builder.build(transfer))
      expect(Buffer.from(message).toString('hex')).toBe(Buffer.from(theirMessage(transfer)).toString('hex'))
      // The second comes from the template that the first has left.
      const { amountAtomic, microLamportsPerUnit, blockhash } = other
      const memo = transfer.memo?.map((byte) => byte ^ 1)
      const again = { ...transfer, amountAtomic, microLamportsPerUnit, blockhash, memo }
      const filled = readTransaction(builder.build(again)).message
      expect(Buffer.from(filled).toString('hex')).toBe(Buffer.from(theirMessage(again)).toString('hex'))
    }),
    { numRuns: 300 }
  )
})

it('a transaction is read by web3.js as it was meant, with every signature slot empty', () => {
  fc.assert(
    fc.property(anyTransfer, (transfer) => {
      const bytes = createPaymentBuilder().build(transfer)
      const theirs = VersionedTransaction.deserialize(bytes)
      expect(theirs.message.staticAccountKeys[0]?.toBase58()).toBe(transfer.feePayer.text)
      expect(theirs.signatures.every((signature) => signature.every((byte) => byte === 0))).toBe(true)
      expect(new Uint8Array(theirs.serialize())).toEqual(bytes)
    }),
    { numRuns: 100 }
  )
})
