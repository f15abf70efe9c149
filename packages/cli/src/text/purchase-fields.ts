import { type EvidenceVerdict, stateWord } from '@bursar/audit'
import {
  amountWords,
  authorizationOf,
  evidenceOf,
  formatUsdc,
  type MoneyState,
  type Purchase,
  settledAtMsOf,
  tokensOf,
  transactionOf
} from '@bursar/core'
import { explorerLink } from './explorer.js'
import type { Field } from './fields-text.js'
import { networkName } from './network-name.js'
import { nextStep } from './next-step.js'
import { whatText } from './purchase-columns.js'
import { type TimeZoned, timeFormatter, zoneName } from './time-text.js'

/** How a purchase is shown. */
interface Shown {
  readonly evidence: EvidenceVerdict | undefined
  readonly zone: TimeZoned
  /** Whether its chain is one of this machine, which no explorer shows. */
  readonly isLocal: boolean
}

/** All that people read about one purchase. */
export function purchaseFields(purchase: Purchase, { evidence, zone, isLocal }: Shown): readonly Field[] {
  const { id, kind, name, labels, job, method, requestedOrigin, offer, call, withdrawn } = purchase
  return [
    ['Id', id],
    ['Name', name],
    ['Kind', kind === 'payment' ? undefined : kind],
    ['State', `${stateWord(purchase)}, ${withdrawn ? WITHDRAWN : callWords[call]}`],
    ['Money', moneyStates[purchase.state]],
    ['Amount', `${amountWords(offer)}${countsAs(purchase)}`],
    ['Network', `${networkName(offer.network)} (${offer.network})${isLocal ? `, ${LOCAL}` : ''}`],
    ['Request', `${kind === 'debit' ? '' : `${method} `}${whatText(purchase)}`],
    ['Redirected', requestedOrigin === undefined ? undefined : `from ${requestedOrigin}`],
    ['Job', job],
    ...timeFields(purchase, zone),
    ...partyFields(purchase, isLocal),
    [
      'Labels',
      Object.entries(labels)
        .map(([label, value]) => `${label}=${value}`)
        .join('\n')
    ],
    ['Tokens', tokenWords(purchase)],
    ['Evidence', evidenceWords(purchase, evidence)],
    ['Next', nextStep(purchase, timeFormatter(zone))]
  ]
}

const LOCAL = 'a chain of this machine, which no explorer shows'

/** Where the money is, in the words of errors. */
const moneyStates: Readonly<Record<Purchase['state'], MoneyState>> = {
  reserved: 'reserved',
  signed: 'signed',
  sent: 'sent',
  settled: 'settled',
  dead: 'none',
  released: 'none'
}

const callWords: Readonly<Record<Purchase['call'], string>> = {
  open: 'the call is open',
  answered: 'answered',
  failed: 'not answered'
}

/** How the call of a payment ended that was sent with the first request, and refused. */
const WITHDRAWN = 'refused for another price, and sent no more'

function countsAs({ offer }: Purchase): string {
  return offer.token?.rate ? `, counts as ${formatUsdc(offer.cost)} USD at ${offer.token.rate}` : ''
}

function timeFields(purchase: Purchase, zone: TimeZoned): readonly Field[] {
  const format = timeFormatter(zone)
  const text = (ms: number | undefined): string | undefined =>
    ms === undefined ? undefined : `${format(ms)} ${zoneName(zone)}`
  return [
    ['Reserved', text(purchase.reservedAtMs)],
    ['Settled', text(settledAtMsOf(purchase))],
    ['Ended', purchase.call === 'open' ? undefined : text(purchase.endedAtMs)]
  ]
}

/** Who paid whom, and by what. */
function partyFields(purchase: Purchase, isLocal: boolean): readonly Field[] {
  const { network, payTo, asset } = purchase.offer
  const authorization = authorizationOf(purchase)
  const transaction = transactionOf(purchase)
  const linked = (page: 'tx' | 'address', text: string): string => {
    const link = isLocal ? undefined : explorerLink(network, page, text)
    return link === undefined ? text : `${text}\n${link}`
  }
  return [
    ['Payer', authorization?.payer ?? ('payer' in purchase ? purchase.payer : undefined)],
    ['Payee', linked('address', payTo)],
    ['Token', asset],
    ['Reference', authorization?.reference],
    ['Transaction', transaction === undefined ? undefined : linked('tx', transaction)]
  ]
}

function tokenWords(purchase: Purchase): string | undefined {
  const tokens = tokensOf(purchase)
  return tokens && `${tokens.input} in, ${tokens.output} out`
}

function evidenceWords(purchase: Purchase, verdict: EvidenceVerdict | undefined): string | undefined {
  if (!evidenceOf(purchase)) return undefined
  const words = (['offer', 'receipt'] as const).map((part) => {
    const { signature, remarks } = verdict?.[part] ?? {}
    const found = signature === undefined ? 'not given' : ['signed', signature.replace('-', ' ')].join(' ')
    return [`${part} ${found}`, ...(remarks ?? [])].join('; ')
  })
  return words.join('\n')
}
