import { type Address, isAddress } from 'viem'
import type { PaymentIdentity, Rejection, SubmittedPayment } from '../facilitator.js'
import { type Permit2Payload, permit2Schemas } from './payload.js'

/** A payment whose payload could be read. Nothing of it is checked yet. */
export interface ParsedPermit2 {
  readonly payload: Permit2Payload
  readonly asset: Address
  readonly identity: PaymentIdentity
}

/** Whether the offer of a payment asks for Permit2. */
export function isByPermit2({ requirements }: SubmittedPayment): boolean {
  return requirements.extra.assetTransferMethod === 'permit2'
}

/** Reads the payload of a payment by Permit2. */
export function parsePermit2({ requirements, payload }: SubmittedPayment): ParsedPermit2 | Rejection {
  const { scheme, asset } = requirements
  if (scheme !== 'exact' && scheme !== 'upto') return { ok: false, reason: 'unsupported_scheme' }
  const read = permit2Schemas[scheme].safeParse(payload).data
  if (!read) return { ok: false, reason: 'payload_malformed' }
  const { from, nonce } = read.permit2Authorization
  const payer = from.toLowerCase()
  if (!isAddress(asset, { strict: false })) return { ok: false, reason: 'asset_without_code', payer }
  return { payload: read, asset, identity: { ok: true, payer, reference: `${payer}/permit2/${nonce}` } }
}
