import { SOLANA_MAINNET } from '@bursar/core'
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chat, useBalanceShop } from './balance-shop.js'

const { newShop, open, stack } = useBalanceShop()

describe('one request takes one path', () => {
  it('auto: from the balance for text, directly for images', async () => {
    const { address, katana } = await newShop({ billing: 'auto' })
    await katana.balance.topUp('1')
    await katana.chat.completions.create(chat)
    await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(2)
    expect(await katana.balance.balance()).toBe(1_000_000n - 520n)
  })

  it('key: from the account, streaming too', async () => {
    const { address, katana } = await newShop({ apiKey: 'key:se:cret' })
    const stream = await katana.chat.completions.create({ ...chat, stream: true })
    let text = ''
    for await (const { choices } of stream) text += choices?.[0]?.delta?.content ?? ''
    expect(text).toBe('You asked: Hi')
    expect(Number((await katana.account.balance()).credits)).toBeLessThan(100)
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })
})

describe('an account that signs payments and no texts', () => {
  it('pays directly for text too, and has no balance to prove', async () => {
    const account = privateKeyToAccount(generatePrivateKey())
    await stack.chain.mint(account.address, 1_000_000n)
    const { address, signTypedData } = account
    const bursar = createBursar({
      evm: { address, signTypedData: (data) => signTypedData(data) },
      limits: { payment: '1' },
      ledger: 'memory'
    })
    onTestFinished(() => bursar.close())
    const katana = open(bursar)
    expect((await katana.chat.completions.create(chat)).choices).toHaveLength(1)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    await expect(katana.balance.balance()).rejects.toThrow('cannot be proven')
    const { prepaid } = await bursar.balances({ prepaid: [katana] })
    expect(prepaid).toMatchObject([{ service: 'katana', error: { code: 'signer/failed' } }])
    expect(() => createKatana(bursar, { network: SOLANA_MAINNET })).toThrow('There is no account on solana:')
    expect(() => createKatana(bursar, { topUp: { amount: '1', perDay: '2' } })).toThrow('signs texts')
  })
})
