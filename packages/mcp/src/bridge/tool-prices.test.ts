import { expect, it } from 'vitest'
import { ToolPrices } from './tool-prices.js'

it('tells of a tool without a price the most that is paid for a call now', async () => {
  let most = '0.25 USD'
  const prices = new ToolPrices(() => most)
  const described = async () => {
    const { description } = await prices.describe({ name: 'report', inputSchema: { type: 'object' } })
    return description
  }
  expect(await described()).toContain('at most 0.25 USD are paid')
  most = '0.05 USD'
  expect(await described()).toContain('at most 0.05 USD are paid')
})
