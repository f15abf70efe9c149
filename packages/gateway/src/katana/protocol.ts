import { formatUsdc } from '@bursar/core'
import { requirementV2 } from '../payment/payment-schema.js'
import type { Price, Protocol } from '../payment/protocol.js'
import { encodePaymentHeader, jsonEquals, splitExtra } from '../payment/wire.js'
import type { HttpRequest } from '../server/request.js'
import { errorResponse, withHeaders } from '../server/response.js'
import { parsePaymentV2 } from '../standard/protocol-v2.js'

/** "Response budget" in Katana's documentation. */
const MAX_TIMEOUT_SECONDS = 3600

/** How strictly the echoed entry is held against the offer. */
export type KatanaEcho = 'verbatim' | 'documented'

/**
 * Katana's x402: v2 without `resource`, EIP-712 domain or fee payer, with both `amount` and
 * `maxAmountRequired`.
 *
 * @param echo `verbatim`: the entry comes back as it was offered, but `extra` may be left out as in Katana's
 *   own sample. `documented`: only the five fields that Katana's text names are compared.
 * @param solanaGasAtomic atomic USDC for settling on Solana, where it differs (Katana 13).
 */
export function katanaProtocol(echo: KatanaEcho, solanaGasAtomic?: bigint): Protocol {
  return {
    dialect: 'katana',
    paymentHeader,
    buildOffer: (facilitator, asked) => {
      const isOther = solanaGasAtomic !== undefined && facilitator.network.startsWith('solana:')
      const price = isOther ? { ...asked, gasAtomic: solanaGasAtomic } : asked
      const amount = String(price.subtotalAtomic + price.gasAtomic)
      return {
        scheme: 'exact',
        network: facilitator.network,
        asset: facilitator.asset,
        payTo: facilitator.payTo,
        amount,
        maxAmountRequired: amount,
        maxTimeoutSeconds: MAX_TIMEOUT_SECONDS,
        extra: { currency: 'USDC', decimals: 6, chain: facilitator.name, ...usd(price) }
      }
    },
    parsePayment: parsePaymentV2,
    matchesOffer: ({ accepted }, offer) => {
      if (echo === 'documented') {
        return ['scheme', 'network', 'asset', 'payTo', 'amount'].every((key) => accepted[key] === offer[key])
      }
      const echoed = splitExtra(accepted)
      const offered = splitExtra(offer)
      if (!jsonEquals(echoed.terms, offered.terms)) return false
      return echoed.extra === undefined || jsonEquals(echoed.extra, offered.extra)
    },
    toRequirements: ({ wire }) => requirementV2.safeParse(wire).data,
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

/** Katana 23: `X-402-Payment` is an alias. Two that differ are one malformed header. */
function paymentHeader(request: HttpRequest): string | undefined {
  const header = request.header('payment-signature')
  const alias = request.header('x-402-payment')
  if (header === undefined || alias === undefined || header === alias) return header ?? alias
  return `${header}, ${alias}`
}

/** Katana 11 and 12: the three sums have six decimals and add up to the amount. */
function usd({
  subtotalAtomic,
  gasAtomic
}: Price): Record<'subtotalUsd' | 'estimatedGasUsd' | 'totalUsd', string> {
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
