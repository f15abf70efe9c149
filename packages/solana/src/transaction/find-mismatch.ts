import type { Address } from '../address/address.js'
import { ASSOCIATED_TOKEN, COMPUTE_BUDGET, LIGHTHOUSE, MEMO, SYSTEM } from '../address/programs.js'
import { type ReadInstruction, type ReadTransaction, sameBytes } from '../wire/transaction.js'
import { getUint } from '../wire/uint.js'
import { type ComputeBudget, exactBudget } from './compute-budget.js'
import {
  CREATE_IDEMPOTENT,
  SET_COMPUTE_UNIT_LIMIT,
  SET_COMPUTE_UNIT_PRICE,
  TRANSFER_CHECKED
} from './instructions.js'
import type { Transfer } from './transfer.js'

/** The most instructions that a facilitator accepts. @see x402 exact/SVM, 3.1 */
const MAX_INSTRUCTIONS = 7

/**
 * Reads the bytes that are about to be signed, or that a wallet has signed, and returns where they differ from the
 * intended transfer, so that nothing but this transfer is signed.
 *
 * @param budget what may differ. Default: nothing.
 */
export function findMismatch(
  transaction: ReadTransaction,
  transfer: Transfer,
  budget: ComputeBudget = exactBudget(transfer.microLamportsPerUnit)
): string | undefined {
  const [limit, price, ...rest] = transaction.instructions
  const create = transfer.createsDestination ? rest.shift() : undefined
  const [move, ...others] = rest
  if (!hasSigners(transaction, transfer)) return 'its signers'
  if (!sameBytes(transaction.blockhash, transfer.blockhash)) return 'its blockhash'
  if (!isBudget(limit, { tag: SET_COMPUTE_UNIT_LIMIT, length: 4, ...budget.units }))
    return 'its compute limit'
  if (!isBudget(price, { tag: SET_COMPUTE_UNIT_PRICE, length: 8, ...budget.microLamportsPerUnit }))
    return 'its compute price'
  if (transfer.createsDestination && !isCreation(create, transfer)) return 'the account that it creates'
  if (!isTransfer(move, transfer)) return 'its transfer'
  if (!areHarmless(others, transfer)) return 'what follows'
  if (transaction.instructions.length > MAX_INSTRUCTIONS) return 'what follows'
  if (!hasWritables(transaction, transfer)) return 'what it writes to'
  return undefined
}

/** The signers are exactly the fee payer and us. Our account is read-only unless we pay the fee. */
function hasSigners(transaction: ReadTransaction, { feePayer, owner }: Transfer): boolean {
  const { accounts, signers, readonlySigners } = transaction
  if (!isAddress(accounts[0], feePayer)) return false
  if (feePayer.text === owner.text) return signers === 1 && readonlySigners === 0
  return signers === 2 && readonlySigners === 1 && isAddress(accounts[1], owner)
}

/** Besides the fee payer, only the two token accounts. */
function hasWritables(transaction: ReadTransaction, { source, destination }: Transfer): boolean {
  const { accounts, signers, readonlyOthers } = transaction
  // A count beyond the accounts would make `slice` count from the end, and name the very same ones.
  const written = accounts.slice(signers, Math.max(signers, accounts.length - readonlyOthers))
  const meant = source.text === destination.text ? [source] : [source, destination]
  return (
    written.length === meant.length &&
    meant.every((address) => written.some((account) => isAddress(account, address)))
  )
}

/** A number that a compute budget instruction sets. */
interface BudgetValue {
  readonly tag: number
  /** In bytes. */
  readonly length: 4 | 8
  readonly min: bigint
  readonly max: bigint
}

function isBudget(instruction: ReadInstruction | undefined, { tag, length, min, max }: BudgetValue): boolean {
  if (!instruction || !isAddress(instruction.program, COMPUTE_BUDGET)) return false
  const { accounts, data } = instruction
  const isWhole = accounts.length === 0 && data.length === 1 + length
  if (!isWhole || data[0] !== tag) return false
  const value = getUint(data, 1, length)
  return min <= value && value <= max
}

function isCreation(instruction: ReadInstruction | undefined, transfer: Transfer): boolean {
  const { feePayer, destination, recipient, mint, tokenProgram } = transfer
  return (
    instruction !== undefined &&
    isAddress(instruction.program, ASSOCIATED_TOKEN) &&
    areAddresses(instruction.accounts, [feePayer, destination, recipient, mint, SYSTEM, tokenProgram]) &&
    instruction.data.length === 1 &&
    instruction.data[0] === CREATE_IDEMPOTENT
  )
}

function isTransfer(instruction: ReadInstruction | undefined, transfer: Transfer): boolean {
  const { source, mint, destination, owner, tokenProgram } = transfer
  if (!instruction || !isAddress(instruction.program, tokenProgram)) return false
  const { accounts, data } = instruction
  return (
    areAddresses(accounts, [source, mint, destination, owner]) &&
    data.length === 10 &&
    data[0] === TRANSFER_CHECKED &&
    getUint(data, 1) === transfer.amountAtomic &&
    data[9] === transfer.decimals
  )
}

/**
 * The remaining instructions are our memo, once if there is one, and assertions that wallets add, which must not touch
 * the fee payer.
 */
function areHarmless(instructions: readonly ReadInstruction[], { memo, feePayer }: Transfer): boolean {
  let memos = 0
  for (const { program, accounts, data } of instructions) {
    if (memo && isAddress(program, MEMO) && accounts.length === 0 && sameBytes(data, memo)) memos++
    else if (!isAddress(program, LIGHTHOUSE) || accounts.some((account) => isAddress(account, feePayer)))
      return false
  }
  return memos === (memo ? 1 : 0)
}

function areAddresses(accounts: readonly Uint8Array[], addresses: readonly Address[]): boolean {
  return (
    accounts.length === addresses.length &&
    addresses.every((address, index) => isAddress(accounts[index], address))
  )
}

function isAddress(bytes: Uint8Array | undefined, address: Address): boolean {
  return bytes !== undefined && sameBytes(bytes, address.bytes)
}
