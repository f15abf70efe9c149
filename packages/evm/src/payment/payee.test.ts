import { BASE, x402V2 } from '@bursar/core'
import { expect, it } from 'vitest'
import { ADDRESS, clock, offerOf, wallet } from '../../test/paying.js'
import { createEvmPayer } from '../index.js'

it.each([
  ['the zero address', `0x${'0'.repeat(40)}`, /the zero address/],
  ['the token', offerOf().asset.address.toLowerCase(), /the token's own contract/],
  ['the payer', ADDRESS.toLowerCase(), /the account that pays/]
])(
  'a payee that is %s is refused, by EIP-3009 and by Permit2, and nothing is signed',
  async (_, payTo, reason) => {
    for (const assetTransferMethod of ['eip3009', 'permit2']) {
      const offer = offerOf({ payTo, extra: { name: 'USD Coin', version: '2', assetTransferMethod } })
      const account = wallet(async () => '0x')
      const payer = createEvmPayer({ account, clock, rpcUrls: { [BASE]: 'http://127.0.0.1:1' } })
      expect(await payer.rejectionReason(offer, x402V2)).toMatch(reason)
      const terms = { dialect: x402V2, maxValiditySeconds: 300 }
      await expect(payer.prepare(offer, terms)).rejects.toMatchObject({ code: 'offer/none-usable' })
      expect(account.asked).toBe(0)
    }
  }
)
