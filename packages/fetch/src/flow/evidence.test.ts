import { evidenceOf, type JsonObject } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying } from '../../test/paying.js'
import { challenge, offer, serve, settle } from '../../test/scripted-server.js'

/** A signed offer of the scripted server's terms, with what differs. The signature is nobody's. */
function signedOffer(differing: object = {}): JsonObject {
  const { scheme, network, asset, payTo, amount } = offer
  const terms = { version: 1, resourceUrl: 'https://x.example/', scheme, network, asset, payTo, amount }
  return {
    format: 'eip712',
    acceptIndex: 0,
    payload: { ...terms, validUntil: 0, ...differing },
    signature: `0x${'1'.repeat(130)}`
  }
}

/** The same as a JWS. */
function jws(statement: JsonObject): JsonObject {
  const parts = [{ alg: 'EdDSA' }, statement.payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url')
  )
  return { format: 'jws', acceptIndex: 0, signature: `${parts.join('.')}.AAAA` }
}

const declaring = (offers: unknown) => ({ 'offer-receipt': { info: { offers }, schema: {} } })
const receipt = { 'offer-receipt': { info: { receipt: { format: 'jws', signature: 'e30.e30.AA' } } } }

async function buy(extensions: object | undefined, settlement: object = { extensions: receipt }) {
  const server = await serve((arrival, response) =>
    arrival.payment
      ? settle(response, 'paid', 200, settlement)
      : challenge(response, [offer], extensions && { extensions })
  )
  const ledger = memoryLedger()
  const { bursar } = paying({ ledger })
  const response = await bursar.fetch(server.url)
  const shown = bursar.receiptOf(response)
  expect(await response.text()).toBe('paid')
  const purchase = await ledger.find({ id: shown?.purchase ?? '' })
  if (!purchase) throw new TypeError('The ledger has no such purchase')
  expect(purchase).toMatchObject({ state: 'settled', call: 'answered' })
  expect(shown?.evidence).toEqual(evidenceOf(purchase))
  return evidenceOf(purchase)
}

it('X37, X39: keeps the entry, the offer signed for its terms and the settlement with the purchase', async () => {
  const others = [{ amount: '1' }, { payTo: offer.asset }, { network: 'eip155:1' }, { scheme: 'upto' }]
  const wrong = others.map(signedOffer)
  const right = { ...signedOffer(), acceptIndex: 3 }
  const kept = { accepted: offer, settlement: receipt }
  expect(await buy(declaring([...wrong, right]))).toEqual({ ...kept, offer: right })
  const asJws = jws(signedOffer())
  expect(await buy(declaring([...wrong.map(jws), asJws]))).toEqual({ ...kept, offer: asJws })
  expect(await buy(declaring(wrong))).toEqual(kept)
})

it('X39: keeps nothing where nothing is declared', async () => {
  expect(await buy(undefined)).toBeUndefined()
})

it.each<[string, unknown]>([
  ['no list', 7],
  [
    'of other things',
    [null, 7, [], {}, { format: 'jws', signature: 'a.%.c' }, { format: 'x', signature: '' }]
  ],
  ['without a payload', [{ format: 'eip712', signature: '0x' }]]
])('X39: pays whatever the offers are: %s', async (_, offers) => {
  expect(await buy(declaring(offers))).toEqual({ accepted: offer, settlement: receipt })
  expect(await buy(declaring(offers), { extensions: 'x' })).toEqual({ accepted: offer })
})

it('X39: keeps at most 16 KiB, and says when a part was left out', async () => {
  const long = { padding: 'é'.repeat(8 * 1024) }
  const evidence = await buy(declaring([signedOffer()]), { extensions: { ...receipt, long } })
  expect(evidence).toEqual({ accepted: offer, offer: signedOffer(), isCut: true })
})
