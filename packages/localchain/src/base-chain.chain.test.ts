import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BaseChain, startBase } from './index.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

it('mints and reads balances', async () => {
  const to = '0x1111111111111111111111111111111111111111'
  await chain.mint(to, 5n)
  expect(await chain.balanceOf(to)).toBe(5n)
})
