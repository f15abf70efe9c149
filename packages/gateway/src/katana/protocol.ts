import { formatUsdc, type JsonObject } from '@bursar/core'
import type { Facilitator } from '../facilitator/facilitator.js'
import type { ParsedPayment, Price, Protocol } from '../payment/protocol.js'
import { readRequirements } from '../payment/requirements.js'
import { encodePaymentHeader, jsonEquals, splitExtra } from '../payment/wire.js'
import type { HttpRequest } from '../server/request.js'
import { errorResponse, withHeaders } from '../server/response.js'
import { parsePaymentV2 } from '../standard/protocol-v2.js'

/** Katana's documentation calls it the "response budget". */
const MAX_TIMEOUT_SECONDS = 3600

/** How strictly the accepted entry is compared with the offer. */
export type KatanaEcho = 'verbatim' | 'documented'

/**
 * Katana's x402: v2 without `resource`, EIP-712 domain or fee payer, and with both `amount` and
 * `maxAmountRequired`.
 *
 * @param echo `verbatim`: all fields must be equal, but `extra` may be left out as in Katana's own sample.
 *   `documented`: only the five fields that Katana's text names are compared.
 * @param solanaGasAtomic the gas added to a price on Solana, where it may differ (Katana 13).
 */
export function katanaProtocol(echo: KatanaEcho, solanaGasAtomic: bigint): Protocol {
  return {
    dialect: 'katana',
    paymentHeader,
    buildOffer: (facilitator, price) =>
      buildOffer(
        facilitator,
        facilitator.network.startsWith('solana:') ? { ...price, gasAtomic: solanaGasAtomic } : price
      ),
    parsePayment: parsePaymentV2,
    matchesOffer: echo === 'documented' ? matchesDocumentedFields : matchesVerbatim,
    toRequirements: ({ wire }) => readRequirements(wire),
    challenge: ({ offers, error }) =>
      withHeaders(errorResponse(402, 'payment_required', error), {
        'PAYMENT-REQUIRED': encodePaymentHeader({
          x402Version: 2,
          error,
          accepts: offers.map(({ wire }) => wire)
        })
      }),
    receipt: ({ facilitator, ...settlement }) => ({
      'PAYMENT-RESPONSE': encodePaymentHeader({ ...settlement, network: facilitator.network })
    })
  }
}

/** `X-402-Payment` is an alias (Katana 23). Two headers that differ are treated as one malformed header. */
function paymentHeader(request: HttpRequest): string | undefined {
  const header = request.header('payment-signature')
  const alias = request.header('x-402-payment')
  if (header === undefined || alias === undefined || header === alias) return header ?? alias
  return `${header}, ${alias}`
}

function buildOffer(facilitator: Facilitator, price: Price): JsonObject {
  const amount = String(price.subtotalAtomic + price.gasAtomic)
  return {
    scheme: 'exact',
    network: facilitator.network,
    asset: facilitator.asset,
    payTo: facilitator.payTo,
    amount,
    maxAmountRequired: amount,
    maxTimeoutSeconds: MAX_TIMEOUT_SECONDS,
    extra: { currency: 'USDC', decimals: 6, chain: facilitator.name, ...priceInUsd(price) }
  }
}

function matchesDocumentedFields({ accepted }: ParsedPayment, offer: JsonObject): boolean {
  return ['scheme', 'network', 'asset', 'payTo', 'amount'].every((key) => accepted[key] === offer[key])
}

function matchesVerbatim({ accepted }: ParsedPayment, offer: JsonObject): boolean {
  const echoed = splitExtra(accepted)
  const offered = splitExtra(offer)
  if (!jsonEquals(echoed.terms, offered.terms)) return false
  return echoed.extra === undefined || jsonEquals(echoed.extra, offered.extra)
}

/** The three sums have six decimals and add up to the amount (Katana 11 and 12). */
function priceInUsd({ subtotalAtomic, gasAtomic }: Price): JsonObject {
  return {
    subtotalUsd: sixDecimals(subtotalAtomic),
    estimatedGasUsd: sixDecimals(gasAtomic),
    totalUsd: sixDecimals(subtotalAtomic + gasAtomic)
  }
}

function sixDecimals(atomic: bigint): string {
  const [whole = '0', fraction = ''] = formatUsdc(atomic).split('.')
  return `${whole}.${fraction.padEnd(6, '0')}`
}
