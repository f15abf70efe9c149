import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { proxyOn, type Stack, TOKEN } from '../proxy-on.js'
import { armService } from './arm-service.js'
import { type RecordedExchange, type RecordedSession, readFixtures } from './fixture.js'
import { readAnswer } from './read-answer.js'
import { watchModel } from './session-model.js'
import { wantedAnswers } from './wanted-answers.js'

const test = stackTest({ solana: false })

/** How texts are paid. */
const billings = ['direct', 'balance'] as const
type Billing = (typeof billings)[number]

/** A slow answer takes so long, in which the proxy shows many times that it is at work. */
const [SLOW_MS, KEEP_ALIVE_MS] = [300, 50]

describe.each(readFixtures())('$client $version', ({ sessions }) => {
  describe.each(sessions)('$variant, $case', (session) => {
    // The same payment brings a lost answer again; what a prepaid balance is charged for one cannot be had again.
    for (const billing of billings)
      if (session.case !== 'lost-payment' || billing === 'direct')
        test(`is answered as the client was, paid by ${billing}, each answer once`, async ({ stack }) => {
          await replay(stack, session, billing)
        })
  })
})

/** Sends what a client sent, the same model behind the proxy, and compares answers, purchases and sums. */
async function replay(
  stack: Stack,
  { exchanges, case: name }: RecordedSession,
  billing: Billing
): Promise<void> {
  const { base: wallet } = await stack.newWallet('40')
  const { base, gateway, env } = stack
  if (!wallet || !base) expect.unreachable()
  const model = watchModel()
  gateway.katana.answerAllWith(model.reply)
  armService(gateway, name, SLOW_MS)
  let answered = 0
  const { proxy, ledger } = await proxyOn(stack, {
    onAnswered: () => {
      answered++
    },
    evm: wallet.privateKey,
    solana: undefined,
    limits: { payment: '10', total: name === 'over-limit' ? '0.000001' : '200' },
    ...(name === 'slow' ? { keepAliveMs: KEEP_ALIVE_MS } : {}),
    service: {
      name: 'katana',
      baseUrl: env.KATANA_URL,
      ...(billing === 'balance' ? { topUp: { amount: '2', perDay: '40' } } : {})
    }
  })
  for (const [index, exchange] of exchanges.entries()) {
    await send(proxy.url, exchange, model.untilAsked)
    const posts = exchanges.slice(0, index + 1).filter(({ method }) => method === 'POST')
    // A client asks again after a pause, in which the proxy notices who hung up.
    await expect.poll(() => answered, { timeout: 30_000 }).toBe(posts.length)
  }
  let [onChain, bought] = [0n, 0]
  for await (const { kind, state, offer, labels } of ledger.history()) {
    if (state === 'released') continue
    expect(state).toBe('settled')
    if (labels['top-up'] === undefined) bought++
    if (kind === 'payment') onChain += offer.cost
  }
  expect(bought).toBe(name === 'over-limit' ? 0 : wantedAnswers(exchanges))
  expect(await base.balanceOf(wallet.address)).toBe(40_000_000n - onChain)
}

async function send(url: string, exchange: RecordedExchange, untilAsked: () => Promise<void>): Promise<void> {
  const { method, path, headers, body, expected } = exchange
  const leaving = new AbortController()
  const asked = expected ? undefined : untilAsked().then(() => leaving.abort())
  const known = Object.entries(headers).map(([name, value]) => [name, value.replaceAll('TOKEN', TOKEN)])
  const answered = fetch(`${url}${path}`, {
    method,
    headers: Object.fromEntries(known),
    signal: leaving.signal,
    ...(body ? { body: JSON.stringify(body) } : {})
  }).then(async (answer) => ({ status: answer.status, answer: readAnswer(path, await answer.text()) }))
  if (expected) expect(await answered).toEqual(expected)
  else await Promise.all([expect(answered).rejects.toThrow('aborted'), asked])
}
