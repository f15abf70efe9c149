import { stackTest } from '@bursar/gateway/vitest'
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { describe, expect, onTestFinished } from 'vitest'
import { BASE, model, proxyOn, type Stack, say, TOKEN } from './proxy-on.js'

const test = stackTest({ solana: false })

describe('P15, P16: texts and the prepaid balance', () => {
  /** A wallet of its own, and what its balance at Katana holds. */
  async function newBalance(stack: Stack, topUp: string) {
    const wallet = (await stack.newWallet('5')).base ?? expect.unreachable()
    const { rpcUrls } = stack.options
    const bursar = createBursar({
      evm: wallet.privateKey,
      limits: { payment: '2' },
      ledger: 'memory',
      rpcUrls
    })
    onTestFinished(() => bursar.close())
    const { balance } = createKatana(bursar, { baseUrl: stack.env.KATANA_URL })
    if (topUp !== '0') await balance.topUp(topUp)
    return { evm: wallet.privateKey, solana: undefined, balance }
  }

  test('four texts are paid from the balance that there is, and none by a payment', async ({ stack }) => {
    const { balance, ...account } = await newBalance(stack, '0.2')
    const { openai, anthropic, purchases } = await proxyOn(stack, account)
    const before = await stack.base?.authorizationsUsed()
    for (const words of ['one', 'two', 'three'])
      expect((await openai.chat.completions.create(say(words))).choices[0]?.message.content).toBe(words)
    expect((await anthropic.messages.create(say('four'))).content).toMatchObject([{ text: 'four' }])
    expect(await purchases()).toEqual(Array(4).fill(`default ${model} balance:${BASE} settled`))
    expect(await stack.base?.authorizationsUsed()).toEqual(before)
    const spent = 200_000n - (await balance.balance())
    expect([spent > 0n, spent < 10_000n]).toEqual([true, true])
  })

  test('a text that the balance cannot pay for is paid directly', async ({ stack }) => {
    const { balance, ...account } = await newBalance(stack, '0.02')
    const { openai, purchases } = await proxyOn(stack, account)
    await openai.chat.completions.create({ ...say('long'), max_tokens: 20_000 })
    expect(await purchases()).toEqual([`default ${model} ${BASE} settled`])
    expect(await balance.balance()).toBe(20_000n)
  })

  test('what the balance is charged for an agent counts against the limits of that agent', async ({
    stack
  }) => {
    const agents = [
      { name: 'free', token: TOKEN },
      { name: 'held', token: 'the-token-of-the-held', limits: { day: '0.0522' } }
    ]
    const { balance, ...account } = await newBalance(stack, '0.2')
    const { openai, purchases } = await proxyOn(stack, { ...account, agents })
    const held = openai.withOptions({ apiKey: 'the-token-of-the-held' })
    await held.chat.completions.create(say('one'))
    await expect(held.chat.completions.create(say('two'))).rejects.toMatchObject({
      status: 402,
      code: 'offer/over-limit'
    })
    await openai.chat.completions.create(say('three'))
    expect((await purchases()).sort()).toEqual(
      ['free', 'held'].map((agent) => `${agent} ${model} balance:${BASE} settled`)
    )
  })

  test('a rule tops the balance up once for texts that come together, and pays none of them directly', async ({
    stack
  }) => {
    const { balance, ...account } = await newBalance(stack, '0')
    const service = {
      name: 'katana',
      baseUrl: stack.env.KATANA_URL,
      topUp: { amount: '0.4', perDay: '0.5' }
    } as const
    const { post, ledger } = await proxyOn(stack, { ...account, service })
    const answers = await Promise.all(['a', 'b', 'c'].map((words) => post(say(words))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const paths: string[] = []
    for await (const { kind, path, state } of ledger.history())
      if (kind === 'payment') paths.push(`${path} ${state}`)
    expect(paths).toEqual(['/v1/x402/top-up settled'])
    expect((await balance.balance()) > 390_000n).toBe(true)
    const tooMuch = await post({ ...say('too much'), model: 'claude-sonnet-4-6', max_tokens: 60_000 })
    expect([tooMuch.status, tooMuch.headers.get('x-bursar-money')]).toEqual([402, 'none'])
  })

  test('a text whose direct payment lost its answer is had for that payment, whatever the balance holds', async ({
    stack
  }) => {
    const { balance, ...account } = await newBalance(stack, '0')
    const { post, purchases } = await proxyOn(stack, { ...account, resend: { times: 0 } })
    stack.gateway.faults.next('answer-lost-after-settling', { times: 1 })
    expect((await post(say('lost'))).status).toBe(502)
    await balance.topUp('0.2')
    expect((await post(say('lost'))).status).toBe(200)
    expect([await purchases(), await balance.balance()]).toEqual([
      [`default ${model} ${BASE} settled`],
      200_000n
    ])
  })
})
