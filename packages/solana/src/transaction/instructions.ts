import type { Address } from '../address/address.js'
import { ASSOCIATED_TOKEN, COMPUTE_BUDGET, MEMO, SYSTEM } from '../address/programs.js'
import type { AccountUse, Instruction } from '../wire/instruction.js'
import { putUint } from '../wire/uint.js'
import { COMPUTE_UNITS, type Transfer } from './transfer.js'

/** First byte of each instruction's data. */
export const SET_COMPUTE_UNIT_LIMIT = 2
export const SET_COMPUTE_UNIT_PRICE = 3
export const CREATE_IDEMPOTENT = 1
export const TRANSFER_CHECKED = 12

/**
 * The instructions of a payment, in the order that facilitators check.
 *
 * @see x402 exact/SVM, 3.1; imgnAI Katana, "Solana x402 payment payload"
 */
export function paymentInstructions(transfer: Transfer): Instruction[] {
  return [
    ...budgetInstructions(transfer.microLamportsPerUnit),
    ...(transfer.createsDestination ? [createDestination(transfer)] : []),
    transferChecked(transfer),
    ...(transfer.memo ? [{ program: MEMO, accounts: [], data: transfer.memo }] : [])
  ]
}

/** The instructions that say how much a transaction may use, and at which price. */
export function budgetInstructions(microLamportsPerUnit: bigint): Instruction[] {
  return [
    { program: COMPUTE_BUDGET, accounts: [], data: tagged(SET_COMPUTE_UNIT_LIMIT, 4, BigInt(COMPUTE_UNITS)) },
    { program: COMPUTE_BUDGET, accounts: [], data: tagged(SET_COMPUTE_UNIT_PRICE, 8, microLamportsPerUnit) }
  ]
}

/** Creates the recipient's token account, unless somebody has done so in the meantime. */
function createDestination(transfer: Transfer): Instruction {
  const { feePayer, destination, recipient, mint, tokenProgram } = transfer
  return {
    program: ASSOCIATED_TOKEN,
    accounts: [
      { address: feePayer, signs: true, writable: true },
      writable(destination),
      ...[recipient, mint, SYSTEM, tokenProgram].map(readable)
    ],
    data: Uint8Array.of(CREATE_IDEMPOTENT)
  }
}

function transferChecked({ source, mint, destination, owner, ...transfer }: Transfer): Instruction {
  return {
    program: transfer.tokenProgram,
    accounts: [
      writable(source),
      readable(mint),
      writable(destination),
      { address: owner, signs: true, writable: false }
    ],
    data: Uint8Array.of(...tagged(TRANSFER_CHECKED, 8, transfer.amountAtomic), transfer.decimals)
  }
}

function readable(address: Address): AccountUse {
  return { address, signs: false, writable: false }
}

function writable(address: Address): AccountUse {
  return { address, signs: false, writable: true }
}

/** A tag byte and a little-endian number. */
function tagged(tag: number, length: 4 | 8, value: bigint): Uint8Array {
  const bytes = new Uint8Array(1 + length)
  bytes[0] = tag
  putUint(bytes.subarray(1), value)
  return bytes
}
