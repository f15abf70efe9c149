import {
  createEIP712OfferReceiptIssuer,
  createOfferReceiptExtension,
  declareOfferReceiptExtension,
  extractReceiptFromResponse,
  isEIP712SignedReceipt,
  verifyReceiptSignatureEIP712
} from '@x402/extensions/offer-receipt'
import { auditOf } from 'bursar/audit'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { fundWallet, useStack } from '../stack.js'
import { startShop } from './express-shop.js'

const stack = useStack()

/** An official server that signs its offers and receipts with a key, by default that of its payee. */
async function signingShop(signer = privateKeyToAccount(generatePrivateKey()), payTo = signer.address) {
  const issuer = createEIP712OfferReceiptIssuer(`did:pkh:eip155:1:${signer.address}#key-1`, (typedData) =>
    signer.signTypedData(typedData)
  )
  const accepts = { scheme: 'exact', price: '$0.01', network: 'eip155:8453', payTo } as const
  return startShop(stack.chain, {
    extensions: () => [createOfferReceiptExtension(issuer)],
    routes: () => ({
      'GET /report': { accepts, extensions: declareOfferReceiptExtension({ includeTxHash: true }) }
    }),
    handler: (_, response) => void response.send('the report')
  })
}

it('X39, X41: what the official server signs is kept, and verified by its payee', async () => {
  const seller = privateKeyToAccount(generatePrivateKey())
  const origin = await signingShop(seller)
  const { bursar } = await fundWallet(stack)
  const response = await bursar.fetch(`${origin}/report`)
  expect(await response.text()).toBe('the report')
  const official = extractReceiptFromResponse(response)
  if (!official || !isEIP712SignedReceipt(official)) throw new TypeError('The server signed no receipt')
  expect((await verifyReceiptSignatureEIP712(official)).signer).toBe(seller.address)
  const receipt = bursar.receiptOf(response)
  expect(receipt?.evidence).toMatchObject({
    accepted: { payTo: seller.address },
    offer: { format: 'eip712', payload: { amount: '10000' } },
    settlement: { 'offer-receipt': { info: { receipt: official } } }
  })
  const verdict = { signature: 'by-payee', signer: seller.address.toLowerCase(), remarks: [] }
  const verified = await auditOf(bursar).verifyEvidence(receipt?.purchase ?? '')
  expect([verified.offer, verified.receipt]).toEqual([verdict, verdict])
})

it('X36: a signature of another than the payee is said, and the answer is handed over', async () => {
  const signer = privateKeyToAccount(generatePrivateKey())
  const origin = await signingShop(signer, '0x00000000000000000000000000000000000b0b39')
  const { bursar } = await fundWallet(stack)
  const response = await bursar.fetch(`${origin}/report`)
  expect([response.status, await response.text()]).toEqual([200, 'the report'])
  const verified = await auditOf(bursar).verifyEvidence(bursar.receiptOf(response)?.purchase ?? '')
  expect(verified).toMatchObject({
    offer: { signature: 'by-another', signer: signer.address.toLowerCase() },
    receipt: { signature: 'by-another' }
  })
})
