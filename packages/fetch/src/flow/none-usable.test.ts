import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve } from '../../test/scripted-server.js'

/** The error of a call to which a server makes these offers. */
async function errorOf(offers: readonly object[]): Promise<unknown> {
  const server = await serve((_, response) => challenge(response, [...offers]))
  const { bursar, payer } = paying()
  const error = await rejection(bursar.fetch(server.url))
  expect(payer.signed).toEqual([])
  return error
}

describe('5.8: offers of which none can be paid', () => {
  it('are named with every scheme, network and asset that is not supported, beyond the first few too', async () => {
    const asset = `0x${'d'.repeat(40)}`
    const error = await errorOf([
      { ...offer, scheme: 'auth-capture' },
      { ...offer, scheme: 'batch-settlement' },
      { ...offer, network: 'aptos:1' },
      { ...offer, network: 'stellar:pubnet' },
      { ...offer, network: 'hedera:mainnet' },
      { ...offer, asset }
    ])
    expect(error).toMatchObject({ code: 'offer/none-usable', moneyState: 'none' })
    for (const name of [
      'auth-capture',
      'batch-settlement',
      'aptos:1',
      'stellar:pubnet',
      'hedera:mainnet',
      asset
    ])
      expect(String(error)).toContain(name)
  })

  it('are said once each, and cut where a server makes hundreds', async () => {
    const error = await errorOf([
      ...Array.from({ length: 20 }, () => ({ ...offer, scheme: 'auth-capture' })),
      ...Array.from({ length: 40 }, (_, index) => ({ ...offer, network: `chain:${index}` }))
    ])
    expect(String(error).match(/auth-capture/g)).toHaveLength(1)
    expect(String(error)).toContain('its network "chain:14" is not known; and 25 more')
    expect(String(error)).not.toContain('chain:15')
  })
})
