import { atomicUsdc } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import type { Policy } from '@bursar/policy'
import { expect, it } from 'vitest'
import { explainRules, type Payment } from './rules.js'

const payment: Payment = {
  url: new URL('https://a.example/report'),
  offer: {
    network: 'eip155:8453',
    asset: '0xAsset',
    payTo: '0xPayee',
    amount: '0.20',
    amountAtomic: 200_000n,
    symbol: 'USDC',
    cost: '0.20',
    paidFor: 'price'
  },
  ledger: memoryLedger(),
  canAsk: false
}

/** What the rules say, by the name of each. */
async function verdicts(policy: Policy, changed: Partial<Payment> = {}) {
  const rules = await explainRules(policy, { ...payment, ...changed })
  return Object.fromEntries(rules.map(({ rule, verdict }) => [rule, verdict]))
}

it('a policy that says nothing lets every host, network and payee pass, and no payment without a limit', async () => {
  expect(await verdicts({})).toEqual({
    'allow.hosts': 'ok',
    'allow.networks': 'ok',
    'allow.payees': 'ok',
    'limits.payment': 'rejected',
    maxPriceIncrease: 'ok',
    confirm: 'ok'
  })
})

it('each list lets pass what is among it, and rejects the rest', async () => {
  const good: Policy = {
    allow: { hosts: ['*.example'], networks: ['eip155:8453'], assets: ['0xasset'], payees: ['0xpayee'] },
    limits: { payment: '0.25', day: '1', hosts: { 'a.example': { payment: '0.20' } } }
  }
  expect(Object.values(await verdicts(good))).not.toContain('rejected')
  expect(
    await verdicts({
      allow: { hosts: ['b.example'], networks: 'testnet', assets: ['0xother'], payees: ['0xother'] },
      limits: { payment: '0.25', day: '0.10', hosts: { 'a.example': { payment: '0.10' } } }
    })
  ).toMatchObject({
    'allow.hosts': 'rejected',
    'allow.networks': 'rejected',
    'allow.assets': 'rejected',
    'allow.payees': 'rejected',
    'limits.payment': 'ok',
    'limits.hosts.a.example.payment': 'rejected'
  })
})

it('an address of Solana in another letter case is another', async () => {
  const payTo = 'CKPKJWNdJEqa81x7CkZ14BVPiY6y16Sxs7owznqtWYp5'
  const listing = (payee: string): Policy => ({ allow: { payees: [payee] } })
  const paid = { offer: { ...payment.offer, payTo } }
  expect(await verdicts(listing(payTo), paid)).toMatchObject({ 'allow.payees': 'ok' })
  expect(await verdicts(listing(payTo.toLowerCase()), paid)).toMatchObject({ 'allow.payees': 'rejected' })
})

it('a pin rejects the payee that is not the first', async () => {
  const rejection = { code: 'offer/payee-refused', message: 'another was first' } as const
  const pin: Policy = { allow: { payees: 'pin' } }
  expect(await verdicts(pin)).toMatchObject({ 'allow.payees': 'ok' })
  expect(await verdicts(pin, { offer: { ...payment.offer, rejection } })).toMatchObject({
    'allow.payees': 'rejected'
  })
})

it('above the amount to confirm a person is asked, and without one the policy decides', async () => {
  const confirm = { above: '0.10' } as const
  expect(await verdicts({ confirm: { above: '0.30' } })).toMatchObject({ confirm: 'ok' })
  expect(await verdicts({ confirm }, { canAsk: true })).toMatchObject({ confirm: 'ask' })
  expect(await verdicts({ confirm })).toMatchObject({ confirm: 'rejected' })
  expect(await verdicts({ confirm: { ...confirm, unanswered: 'pay' } })).toMatchObject({ confirm: 'ok' })
})

/** A record in which each of these paths cost as much, on the main network or a test network. */
function costs(byPlace: Readonly<Record<string, bigint>>): Payment['ledger'] {
  const ledger = memoryLedger()
  return {
    ...ledger,
    lastCost: async ({ origin, path }) => {
      const cost = byPlace[origin + path]
      return cost === undefined ? undefined : atomicUsdc(cost)
    }
  }
}

it.each([
  ['the place that is paid', { 'https://a.example/report': 50_000n, 'https://b.example/go': 200_000n }],
  ['the place that led there', { 'https://a.example/report': 200_000n, 'https://b.example/go': 50_000n }],
  ['the place that led there, where the other is new', { 'https://b.example/go': 50_000n }]
])('a price is compared with that of %s, where it is the lower', async (_, byPlace) => {
  const led = { requestedUrl: new URL('https://b.example/go'), ledger: costs(byPlace) }
  expect(await verdicts({ maxPriceIncrease: 3 }, led)).toMatchObject({ maxPriceIncrease: 'rejected' })
  expect(await verdicts({ maxPriceIncrease: 5 }, led)).toMatchObject({ maxPriceIncrease: 'ok' })
  const confirm = { above: '1', unanswered: 'pay' } as const
  expect(await verdicts({ maxPriceIncrease: 3, confirm }, led)).toMatchObject({ confirm: 'rejected' })
})

it('the limits of the host that leads on hold beside those of the host that is paid', async () => {
  const led = { requestedUrl: new URL('https://B.example/go') }
  const hosts = { 'a.example': { day: '1' }, 'b.example': { payment: '0.10', day: '0.10' } }
  expect(await verdicts({ limits: { payment: '1', hosts, perHost: { hour: '2' } } }, led)).toMatchObject({
    'limits.hosts.a.example.day': 'ok',
    'limits.hosts.b.example.payment': 'rejected',
    'limits.hosts.b.example.day': 'rejected',
    'limits.perHost.hour': 'ok'
  })
})

it('money of a test network counts against the sums of test networks', async () => {
  const counted: unknown[] = []
  const ledger = memoryLedger()
  const usage: Payment['ledger']['usage'] = (budgets) => {
    counted.push(...budgets)
    return ledger.usage(budgets)
  }
  const limits = { payment: '1', day: '2' }
  await verdicts({ limits }, { ledger: { ...ledger, usage }, offer: { ...payment.offer, isTest: true } })
  expect(counted).toMatchObject([{ name: 'day', isTest: true }])
})
