import { isJsonObject, type JsonObject } from '@bursar/core'
import { BoundedMap } from '@bursar/core/bounded-map'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import type { ParsedPayment, Protocol } from '../payment/protocol.js'
import { sha256 } from '../server/request-body.js'

const EXTENSION = 'payment-identifier'
const MAX_IDENTIFIERS = 20_000
const identifier = /^[a-zA-Z0-9_-]{16,128}$/

/** What a challenge declares, in the words of the official package. */
const declaration: JsonObject = {
  [EXTENSION]: {
    info: { required: true },
    schema: {
      type: 'object',
      properties: {
        required: { type: 'boolean' },
        id: { type: 'string', minLength: 16, maxLength: 128, pattern: '^[a-zA-Z0-9_-]+$' }
      },
      required: ['required']
    }
  }
}

/**
 * Wants an identifier with each payment, and takes one identifier for one payment alone.
 *
 * @param create makes the protocol that sells, with what its challenges declare.
 * @see x402 extension payment-identifier
 */
export function identifiedProtocol(create: (extensions: JsonObject) => Protocol): Protocol {
  const protocol = create(declaration)
  const payments = new BoundedMap<string, string>(MAX_IDENTIFIERS)
  return {
    ...protocol,
    parsePayment(header): ParsedPayment | RejectionReason {
      const parsed = protocol.parsePayment(header)
      if (typeof parsed === 'string') return parsed
      const id = identifierOf(parsed)
      if (id === undefined) return 'payment_identifier_required'
      const hash = sha256(header)
      if ((payments.get(id) ?? hash) !== hash) return 'payment_identifier_conflict'
      payments.set(id, hash)
      return parsed
    }
  }
}

/** The status of a challenge: what is wrong with an identifier is no matter of the price. */
export function identifierStatus(error: string): number | undefined {
  if (error === 'payment_identifier_required') return 400
  return error === 'payment_identifier_conflict' ? 409 : undefined
}

function identifierOf({ extensions }: ParsedPayment): string | undefined {
  const extension = extensions?.[EXTENSION]
  const id = isJsonObject(extension) && isJsonObject(extension.info) ? extension.info.id : undefined
  return typeof id === 'string' && identifier.test(id) ? id : undefined
}
