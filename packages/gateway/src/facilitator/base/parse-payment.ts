import { exactEvmPayloadSchema, katanaEvmPayloadSchema } from '@bursar/core/wire'
import { type Address, isAddress } from 'viem'
import type { PaymentIdentity, Rejection, SubmittedPayment } from '../facilitator.js'
import type { ExactPayload } from './payload.js'

/** A payment whose payload could be read. Nothing of it is checked yet. */
export interface ParsedPayment {
  readonly payload: ExactPayload
  readonly asset: Address
  readonly identity: PaymentIdentity
}

/** Reads the payload in the payment's dialect. */
export function parsePayment(payment: SubmittedPayment): ParsedPayment | Rejection {
  const schema = payment.dialect === 'katana' ? katanaEvmPayloadSchema : exactEvmPayloadSchema
  const payload = schema.safeParse(payment.payload).data
  if (!payload) return { ok: false, reason: 'payload_malformed' }
  const payer = payload.authorization.from.toLowerCase()
  const { asset } = payment.requirements
  if (!isAddress(asset, { strict: false })) return { ok: false, reason: 'asset_without_code', payer }
  const reference = `${payer}/${payload.authorization.nonce.toLowerCase()}`
  return { payload, asset, identity: { ok: true, payer, reference } }
}
