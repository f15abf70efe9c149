import { type Gateway, startGateway } from '@bursar/gateway'
import type { Bursar } from 'bursar'
import { createKatana, type Katana, type KatanaOptions } from 'bursar/katana'
import { beforeAll, onTestFinished } from 'vitest'
import { fundWallet, type Stack, useStack, type Wallet } from './stack.js'

/** The text that is bought. */
export const chat = {
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Hi' }],
  max_tokens: 16
} as const

/** A funded wallet, and Katana over it. */
export interface Shop extends Wallet {
  readonly katana: Katana
}

/** Starts a chain, and a Katana with prepaid balances and an account, for the tests of a file. */
export function useBalanceShop() {
  const stack: Stack = useStack()
  let gateway: Gateway | undefined
  beforeAll(async () => {
    const accounts = [{ key: 'key', secret: 'se:cret', credits: '100' }]
    gateway = await startGateway({ base: stack.chain, katana: { accounts } })
    return () => gateway?.stop()
  })
  const running = (): Gateway => {
    if (gateway === undefined) throw new TypeError('The gateway is not running yet')
    return gateway
  }
  const open = (bursar: Bursar, setup: KatanaOptions = {}): Katana =>
    createKatana(bursar, { baseUrl: running().url, ...setup })
  return {
    stack,
    get gateway() {
      return running()
    },
    open,
    async newShop(setup: KatanaOptions = {}, options = {}): Promise<Shop> {
      const wallet = await fundWallet(stack, { limits: { payment: '2', total: '8' }, ...options })
      onTestFinished(() => wallet.bursar.close())
      return { ...wallet, katana: open(wallet.bursar, setup) }
    }
  }
}

/** Reads a list to its end. */
export async function list<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}
