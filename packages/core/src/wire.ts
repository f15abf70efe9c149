/** The wire shapes of x402 v1, v2 and Katana as zod schemas, and what reads them. Loaded when a 402 is met. */
export { parseChallenge, parseChallengeBody, parseChallengeHeader } from './challenge/parse-challenge.js'
export { createRegistry } from './network/registry.js'
export { challengeSchema } from './schemas/challenge.js'
export { katanaOfferSchema, offerV1Schema, offerV2Schema } from './schemas/offer.js'
export {
  exactEvmPayloadSchema,
  exactSolanaPayloadSchema,
  katanaEvmPayloadSchema,
  katanaSolanaPayloadSchema,
  paymentV1Schema,
  paymentV2Schema
} from './schemas/payment.js'
export { settlementSchema } from './schemas/settlement.js'
export { offerEvidence, withSettlement } from './wire/evidence.js'
export { rejectionReasonOfBody, rejectionReasonOfHeader } from './wire/rejection-reason.js'
export { decodeSettlement } from './wire/settlement.js'
export {
  base64UrlBytes,
  infoOf,
  readPart,
  readStatement,
  type SignedStatement
} from './wire/signed-statement.js'
