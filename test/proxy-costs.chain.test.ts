import { stackTest } from '@bursar/gateway/vitest'
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { expect, onTestFinished } from 'vitest'
import { proxyOn, type Stack, say } from './proxy-on.js'

const test = stackTest({ solana: false })

/** A wallet of its own, with a prepaid balance at Katana. */
async function newBalance(stack: Stack, topUp: string) {
  const { privateKey: evm } = (await stack.newWallet('5')).base ?? expect.unreachable()
  const { rpcUrls } = stack.options
  const bursar = createBursar({ evm, limits: { payment: '2' }, ledger: 'memory', rpcUrls })
  onTestFinished(() => bursar.close())
  const { balance } = createKatana(bursar, { baseUrl: stack.env.KATANA_URL })
  await balance.topUp(topUp)
  return { balance, account: { evm, solana: undefined } }
}

test('C1: a text is paid from the prepaid balance at the price of what it used, and the answer says so', async ({
  stack
}) => {
  const { balance, account } = await newBalance(stack, '1')
  const notes: object[] = []
  const { post, proxy } = await proxyOn(stack, { ...account, onAnswered: (note) => notes.push(note) })
  const asked = { ...say('cheap'), model: 'claude-sonnet-4-6' }
  for (const body of [
    { ...asked, max_tokens: 32_000 },
    { ...asked, max_tokens: undefined }
  ]) {
    const before = await balance.balance()
    const answer = await post(body)
    expect((await answer.json()).choices[0].message.content).toBe('cheap')
    const lost = before - (await balance.balance())
    expect([lost > 0n, lost < 2000n]).toEqual([true, true])
    const cost = { amount: answer.headers.get('x-bursar-cost'), source: 'balance' }
    expect(Math.round(Number(cost.amount) * 1e6)).toBe(Number(lost))
    expect(answer.headers.get('x-bursar-paid-from')).toBe('balance')
    expect(notes.at(-1)).toMatchObject({ cost, isRepeat: false, atMs: expect.any(Number) })
  }
  expect(proxy.spent()).toMatchObject({ payment: '0', account: '0', topUp: '0' })
  expect(Number(proxy.spent().balance)).toBeLessThan(0.004)
})

test('C1: a top-up by the rule is told apart from what texts cost', async ({ stack }) => {
  const { account } = await newBalance(stack, '0.01')
  const topUp = { amount: '0.4', perDay: '0.5' }
  const service = { name: 'katana', baseUrl: stack.env.KATANA_URL, topUp } as const
  const { post, proxy } = await proxyOn(stack, { ...account, service })
  const answer = await post({ ...say('topped'), max_tokens: 20_000 })
  expect([answer.status, answer.headers.get('x-bursar-paid-from')]).toEqual([200, 'balance'])
  const { topUp: toppedUp, balance, payment } = proxy.spent()
  expect([Number(toppedUp) >= 0.4, Number(balance) < 0.01, payment]).toEqual([true, true, '0'])
})

test('C1: what is paid directly says so, streams as well, and an answer that is had again costs nothing more', async ({
  stack
}) => {
  const { privateKey: evm } = (await stack.newWallet('5')).base ?? expect.unreachable()
  const notes: { readonly isRepeat?: boolean }[] = []
  const { post, proxy } = await proxyOn(stack, {
    evm,
    solana: undefined,
    onAnswered: (note) => notes.push(note)
  })
  const key = { 'idempotency-key': 'told-twice' }
  const first = await post({ ...say('direct'), stream: true }, key)
  const again = await post({ ...say('direct'), stream: true }, key)
  const [one, two] = [first, again].map(({ headers }) => headers.get('x-bursar-cost'))
  expect([first.headers.get('x-bursar-paid-from'), two]).toEqual(['payment', one])
  expect(proxy.spent()).toEqual({ payment: one, balance: '0', account: '0', test: '0', topUp: '0' })
  await Promise.all([first.text(), again.text()])
  await expect.poll(() => notes.map(({ isRepeat }) => isRepeat)).toEqual([false, true])
})
