import type { QuotedOffer } from '@bursar/fetch'
import { openAccounts } from '../accounts.js'
import type { Io } from '../io.js'
import { limitsFor, readLimits } from '../limits-file.js'
import { networkName } from '../network-name.js'
import { table } from '../table.js'
import { initOf, type RequestOptions } from './pay.js'

/** Without any limit, prices are told all the same. */
const ANY = '1000000000'

/** Asks what a request costs and which check would refuse it, and pays nothing. */
export async function quote(
  io: Io,
  url: string,
  options: RequestOptions & {
    readonly maxAmount?: string
    readonly json?: boolean
    /** Tells what would be signed. */
    readonly explain?: boolean
  }
): Promise<void> {
  if (!URL.canParse(url)) throw new TypeError(`${url} is no URL: write https://…`)
  const { payment } = readLimits(io.env)
  const bursar = await openAccounts(io, limitsFor(io.env, options.maxAmount ?? payment ?? ANY))
  try {
    const { status, offers, rejectedOffers } = await bursar.quote(url, await initOf(options))
    if (options.json) {
      const plain = offers.map(({ amountAtomic, ...offer }) => ({
        ...offer,
        amountAtomic: String(amountAtomic)
      }))
      return io.out(`${JSON.stringify({ status, offers: plain, rejectedOffers })}\n`)
    }
    if (status !== 402) return io.out(`Nothing is asked for it (${status}).\n`)
    const first = offers.find(({ rejection }) => rejection === undefined)
    const rows = offers.map(({ amount, network, payTo, rejection }) => [
      `${amount} USDC`,
      networkName(network),
      payTo,
      rejection ? 'refused' : network === first?.network ? 'would be paid' : 'also accepted'
    ])
    io.out(table(rows))
    for (const reason of new Set(offers.flatMap(({ rejection }) => (rejection ? [rejection.message] : []))))
      io.out(`${reason}\n`)
    if (options.explain && first) io.out(`\nIt would sign ${signature(first)}\n`)
    for (const { reason, network } of rejectedOffers) io.out(`not understood: ${network ?? ''} ${reason}\n`)
  } finally {
    await bursar.close()
  }
}

/** What the first offer that would be paid asks to be signed. */
function signature({ network, amount, asset, payTo }: QuotedOffer): string {
  const what = network.startsWith('solana:')
    ? 'a transaction that transfers'
    : 'a TransferWithAuthorization (EIP-3009) of'
  return `${what} ${amount} USDC\n  of ${asset}\n  to ${payTo},\n  which dies within five minutes. The server pays the fees.`
}
