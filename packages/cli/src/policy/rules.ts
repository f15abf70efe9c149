import { type AtomicUsdc, formatUsdc, hasRisen, type Ledger, parseUsdc, sameAddress } from '@bursar/core'
import { canonicalHost, matchesHost, type QuotedOffer, readSpending } from '@bursar/fetch'
import type { Policy } from '@bursar/policy'
import { namesOf } from '../options/network-names.js'

/** One rule of the policy, and what it says of a payment. */
export interface Rule {
  /** As `bursar policy set` names it. */
  readonly rule: string
  /** Whether it lets the payment pass; `ask`: a person decides. */
  readonly verdict: 'ok' | 'rejected' | 'ask'
  readonly text: string
}

/** The payment that is looked at. */
export interface Payment {
  /** What asks to be paid. */
  readonly url: URL
  /** What was asked, where a redirect led on from it. Its rules hold too, since a server chooses where it leads. */
  readonly requestedUrl?: URL | undefined
  readonly offer: QuotedOffer
  readonly ledger: Ledger
  /** Whether there is somebody who can be asked. */
  readonly canAsk: boolean
}

/** What each rule of a policy says of a payment, in the order in which they are checked. */
export async function explainRules(policy: Policy, payment: Payment): Promise<readonly Rule[]> {
  const usual = await usualOf(payment)
  return [
    hostRule(policy, payment),
    networkRule(policy, payment),
    ...assetRules(policy, payment),
    payeeRule(policy, payment),
    ...paymentRules(policy, payment),
    ...(await sumRules(policy, payment)),
    priceRule(policy, payment, usual),
    confirmRule(policy, payment, usual)
  ]
}

function hostRule({ allow }: Policy, { url: { host } }: Payment): Rule {
  const rule = 'allow.hosts'
  if (!allow?.hosts) return { rule, verdict: 'ok', text: 'any host' }
  const isAllowed = allow.hosts.some((pattern) => matchesHost(pattern, canonicalHost(host)))
  return {
    rule,
    verdict: isAllowed ? 'ok' : 'rejected',
    text: `${host} is ${isAllowed ? '' : 'not '}among them`
  }
}

function networkRule({ allow }: Policy, { offer }: Payment): Rule {
  const rule = 'allow.networks'
  const { networks } = allow ?? {}
  if (!networks) return { rule, verdict: 'ok', text: 'any network with an account' }
  const isAllowed = networks === 'testnet' ? offer.isTest === true : networks.includes(offer.network)
  const name = namesOf([offer.network])
  return {
    rule,
    verdict: isAllowed ? 'ok' : 'rejected',
    text: `${name} is ${isAllowed ? '' : 'not '}among them`
  }
}

function assetRules({ allow }: Policy, { offer }: Payment): readonly Rule[] {
  if (!allow?.assets) return []
  const isAllowed = allow.assets.some((asset) => sameAddress(asset, offer.asset))
  const text = `${offer.symbol} (${offer.asset}) is ${isAllowed ? '' : 'not '}among them`
  return [{ rule: 'allow.assets', verdict: isAllowed ? 'ok' : 'rejected', text }]
}

function payeeRule({ allow }: Policy, { offer: { payTo, rejection } }: Payment): Rule {
  const rule = 'allow.payees'
  const { payees } = allow ?? {}
  if (!payees) return { rule, verdict: 'ok', text: `any account; it is ${payTo}` }
  if (payees !== 'pin') {
    const isAllowed = payees.some((payee) => sameAddress(payee, payTo))
    return {
      rule,
      verdict: isAllowed ? 'ok' : 'rejected',
      text: `${payTo} is ${isAllowed ? '' : 'not '}among them`
    }
  }
  if (rejection?.code === 'offer/payee-refused') return { rule, verdict: 'rejected', text: rejection.message }
  return { rule, verdict: 'ok', text: `pin: ${payTo} is the first that the host named, or the same` }
}

/** The lowest cap on one payment is the one that holds. */
function paymentRules({ limits = {} }: Policy, payment: Payment): readonly Rule[] {
  const { cost } = payment.offer
  const hosts = hostsOf(payment)
  const ofHost = Object.entries(limits.hosts ?? {}).filter(([name]) => hosts.includes(canonicalHost(name)))
  const caps = [
    { rule: 'limits.payment', cap: limits.payment },
    ...ofHost.map(([name, { payment }]) => ({ rule: `limits.hosts.${name}.payment`, cap: payment }))
  ]
  if (limits.payment === undefined)
    return [{ rule: 'limits.payment', verdict: 'rejected', text: 'not set: without it nothing is paid' }]
  return caps.flatMap(({ rule, cap }) => {
    if (cap === undefined) return []
    const fits = parseUsdc(cost) <= parseUsdc(cap)
    return [{ rule, verdict: fits ? 'ok' : 'rejected', text: `${cost} USD of at most ${cap}` }]
  })
}

async function sumRules({ limits = {} }: Policy, payment: Payment): Promise<readonly Rule[]> {
  const { offer, ledger } = payment
  const { cost, isTest } = offer
  const given = { ...limits, payment: limits.payment ?? '0' }
  const labels = Object.fromEntries(Object.keys(limits.perLabel ?? {}).map((name) => [name, '']))
  const rows = await readSpending(ledger, given, { hosts: hostsOf(payment), labels, isTest })
  return rows.map(({ name, left, limit }) => {
    const fits = parseUsdc(cost) <= left
    const text = `${cost} USD of ${formatUsdc(left)} left, of ${formatUsdc(limit)}`
    return { rule: `limits.${name.replaceAll(' ', '.')}`, verdict: fits ? 'ok' : 'rejected', text }
  })
}

/** The host that is paid, and the one that led there. */
function hostsOf(payment: Payment): readonly string[] {
  return [...new Set(placesOf(payment).map(({ host }) => canonicalHost(host)))]
}

function placesOf({ url, requestedUrl }: Payment): readonly URL[] {
  return requestedUrl ? [url, requestedUrl] : [url]
}

/** What these places cost when they were last paid: the lowest. */
async function usualOf(payment: Payment): Promise<string | undefined> {
  const { offer, ledger } = payment
  let lowest: AtomicUsdc | undefined
  for (const { origin, pathname: path } of placesOf(payment)) {
    const cost = await ledger.lastCost({ origin, path, isTest: offer.isTest })
    if (cost !== undefined && (lowest === undefined || cost < lowest)) lowest = cost
  }
  return lowest === undefined ? undefined : formatUsdc(lowest)
}

function priceRule(
  { maxPriceIncrease: factor, confirm }: Policy,
  { offer }: Payment,
  usual: string | undefined
): Rule {
  const rule = 'maxPriceIncrease'
  if (factor === undefined) return { rule, verdict: 'ok', text: 'not watched' }
  if (usual === undefined) return { rule, verdict: 'ok', text: 'nothing was bought there yet' }
  const isDearer = hasRisen(parseUsdc(offer.cost), parseUsdc(usual), factor)
  const text = `${offer.cost} USD, and last ${usual}; at most ${factor} times`
  return { rule, verdict: isDearer ? (confirm ? 'ask' : 'rejected') : 'ok', text }
}

function confirmRule(
  { confirm, maxPriceIncrease: factor }: Policy,
  { offer, canAsk }: Payment,
  usual: string | undefined
): Rule {
  const rule = 'confirm'
  if (!confirm) return { rule, verdict: 'ok', text: 'nobody is asked' }
  const isDearer =
    factor !== undefined && usual !== undefined && hasRisen(parseUsdc(offer.cost), parseUsdc(usual), factor)
  if (!isDearer && parseUsdc(offer.cost) <= parseUsdc(confirm.above))
    return { rule, verdict: 'ok', text: `nobody is asked up to ${confirm.above} USD` }
  if (canAsk) return { rule, verdict: 'ask', text: `a person is asked above ${confirm.above} USD` }
  const pays = confirm.unanswered === 'pay' && !isDearer
  return { rule, verdict: pays ? 'ok' : 'rejected', text: 'a person would be asked, and nobody can be' }
}
