import { BoundedMap } from '@bursar/core/bounded-map'
import { buildMessage } from '../wire/message.js'
import { buildTransaction } from '../wire/transaction.js'
import { putUint } from '../wire/uint.js'
import { paymentInstructions } from './instructions.js'
import type { Transfer } from './transfer.js'

/** The bytes of payments of one shape, and the offsets of the parts that differ. */
interface Template {
  readonly bytes: Uint8Array
  readonly blockhashAt: number
  readonly priceAt: number
  readonly amountAt: number
  /** Absent: payments of this shape have no memo. */
  readonly memoAt: number | undefined
}

/** Builds unsigned payments, each shape in full only once. */
export interface PaymentBuilder {
  /** The whole transaction, every signature slot still zero. */
  build(transfer: Transfer): Uint8Array
}

/** Shapes in use at once: one for each payee, mint, fee payer and length of memo. */
const MAX_TEMPLATES = 256

/** Keeps a template for each shape: filling one in takes 2 µs where building takes 60. */
export function createPaymentBuilder(): PaymentBuilder {
  const templates = new BoundedMap<string, Template>(MAX_TEMPLATES)
  return {
    build(transfer) {
      const shape = shapeOf(transfer)
      let template = templates.get(shape)
      if (!template) {
        template = createTemplate(transfer)
        templates.set(shape, template)
      }
      return fill(template, transfer)
    }
  }
}

/** All that {@link fill} does not set. */
function shapeOf({ feePayer, owner, mint, tokenProgram, recipient, ...transfer }: Transfer): string {
  const creates = transfer.createsDestination ? 'creates' : ''
  return `${feePayer.text}/${owner.text}/${mint.text}/${tokenProgram.text}/${recipient.text}/${creates}/${transfer.decimals}/${transfer.memo?.length}`
}

function createTemplate(transfer: Transfer): Template {
  const instructions = paymentInstructions(transfer)
  const message = buildMessage(transfer.feePayer, instructions, transfer.blockhash)
  const bytes = buildTransaction(message.signers, message.bytes)
  const start = bytes.length - message.bytes.length
  const dataAt = (index: number): number => start + (message.dataAt.at(index) ?? 0)
  return {
    bytes,
    blockhashAt: start + message.blockhashAt,
    priceAt: dataAt(1) + 1,
    amountAt: dataAt(transfer.memo ? -2 : -1) + 1,
    memoAt: transfer.memo && dataAt(-1)
  }
}

function fill(template: Template, transfer: Transfer): Uint8Array {
  const bytes = template.bytes.slice()
  bytes.set(transfer.blockhash, template.blockhashAt)
  putUint(bytes.subarray(template.priceAt, template.priceAt + 8), transfer.microLamportsPerUnit)
  putUint(bytes.subarray(template.amountAt, template.amountAt + 8), transfer.amountAtomic)
  if (transfer.memo) bytes.set(transfer.memo, template.memoAt)
  return bytes
}
