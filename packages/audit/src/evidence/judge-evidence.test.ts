import {
  atomicUsdc,
  type JsonObject,
  type Purchase,
  type PurchaseEvidence,
  type SettledPayment
} from '@bursar/core'
import * as ed25519 from '@noble/ed25519'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as secp256k1 from '@noble/secp256k1'
import bs58 from 'bs58'
import { expect, it } from 'vitest'
import { jsonLines } from '../export.js'
import { judgeEvidence } from './judge-evidence.js'
import { evmAddressOf } from './public-key.js'
import { type StatementKind, statementHash } from './statement-hash.js'

const reservedAtMs = 1_795_860_000_000
const payerAddress = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const offer = {
  version: 1,
  resourceUrl: 'https://api.example.com/data',
  scheme: 'exact',
  network: 'eip155:8453',
  asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  payTo: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  amount: '10000',
  validUntil: 0
}
const receipt = {
  version: 1,
  network: 'eip155:8453',
  resourceUrl: 'https://api.example.com/data',
  payer: payerAddress,
  issuedAt: 1_795_860_000,
  transaction: ''
}
const key = new Uint8Array(32).fill(7)
const sellerAddress = evmAddressOf(secp256k1.getPublicKey(key))

/** A purchase with that evidence, paid to the key that signs unless another payee is given. */
function purchase(evidence: PurchaseEvidence, payTo = sellerAddress): Purchase {
  const settled: SettledPayment = {
    id: 'p1',
    kind: 'payment',
    fingerprint: 'f',
    method: 'GET',
    origin: 'https://api.example.com',
    path: '/data',
    payer: payerAddress,
    offer: {
      dialect: 'x402-v2',
      network: 'eip155:8453',
      asset: offer.asset,
      payTo,
      amountAtomic: 10_000n,
      cost: atomicUsdc(10_000n)
    },
    labels: {},
    reservedAtMs,
    state: 'settled',
    settledAtMs: reservedAtMs,
    countedAtMs: reservedAtMs,
    call: 'answered',
    endedAtMs: reservedAtMs,
    transaction: '0xaa',
    authorization: { payer: payerAddress, reference: '0x1', expiresAtSeconds: 1_795_860_300 },
    evidence
  }
  return settled
}

async function eip712(kind: StatementKind, payload: JsonObject): Promise<JsonObject> {
  const hash = statementHash(kind, payload) ?? new Uint8Array(32)
  const [recovery = 0, ...rest] = await secp256k1.signAsync(hash, key, {
    prehash: false,
    format: 'recovered'
  })
  return { format: 'eip712', payload, signature: `0x${bytesToHex(Uint8Array.of(...rest, 27 + recovery))}` }
}

type Sign = (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

async function jws(payload: JsonObject, header: JsonObject, sign: Sign): Promise<JsonObject> {
  const text = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = Buffer.from(await sign(utf8ToBytes(text))).toString('base64url')
  return { format: 'jws', signature: `${text}.${signature}` }
}

const didKey = (codec: readonly number[], bytes: Uint8Array) =>
  `did:key:z${bs58.encode(Uint8Array.of(...codec, ...bytes))}`
const receiptIn = (signed: JsonObject): PurchaseEvidence => ({
  settlement: { 'offer-receipt': { info: { receipt: signed } } }
})
const verdictOf = async (signed: JsonObject, payTo?: string) =>
  (await judgeEvidence(purchase(receiptIn(signed), payTo))).receipt

/** Keys of the three kinds, each with what a JWS calls it. */
async function signers() {
  const edKey = await ed25519.getPublicKeyAsync(key)
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify'
  ])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const compressed = Uint8Array.of(2 + ((point[64] ?? 0) & 1), ...point.subarray(1, 33))
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const p256: Sign = async (message) =>
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, message))
  const k1: Sign = async (message) => secp256k1.signAsync(sha256(message), key, { prehash: false })
  const ed: Sign = (message) => ed25519.signAsync(message, key)
  return [
    { alg: 'EdDSA', did: didKey([0xed, 1], edKey), sign: ed, address: bs58.encode(edKey) },
    { alg: 'ES256K', did: didKey([0xe7, 1], secp256k1.getPublicKey(key)), sign: k1, address: sellerAddress },
    { alg: 'ES256', did: didKey([0x80, 0x24], compressed), sign: p256, address: undefined },
    {
      alg: 'ES256',
      did: `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`,
      sign: p256,
      address: undefined
    }
  ]
}

it('X34: has the official hashes', () => {
  const hashes = [statementHash('offer', offer), statementHash('receipt', receipt)]
  expect(hashes.map((hash) => bytesToHex(hash ?? new Uint8Array()))).toEqual([
    'de5cb94e09d96d7b410092c1049d9fe1f74c57dea6fc6c706c2eef2c4fd7e893',
    '7077670a3ce4e47a2130103b9d3d7fa805ab4f738298b865e329e799602fcc0b'
  ])
})

it('X33, X36: tells the payee who signed from another', async () => {
  const evidence = { offer: await eip712('offer', offer), ...receiptIn(await eip712('receipt', receipt)) }
  const signed = { signature: 'by-payee', signer: sellerAddress, remarks: [] }
  expect(await judgeEvidence(purchase(evidence))).toEqual({ offer: signed, receipt: signed })
  const other = { ...signed, signature: 'by-another' }
  expect(await judgeEvidence(purchase(evidence, offer.payTo))).toEqual({ offer: other, receipt: other })
  expect(await judgeEvidence(purchase({}))).toEqual({})
})

it('X33: a changed text is not by the payee, and what is no signature is wrong', async () => {
  const signed = await eip712('receipt', receipt)
  const changed = { ...signed, payload: { ...receipt, issuedAt: receipt.issuedAt + 1 } }
  expect(await verdictOf(changed)).toMatchObject({ signature: 'by-another' })
  const wrong: JsonObject[] = [
    { ...signed, signature: '0x' },
    { ...signed, signature: `0x${'f'.repeat(128)}1b` },
    { ...signed, signature: `0x${'1'.repeat(128)}ff` },
    { ...signed, payload: { ...receipt, issuedAt: -1 } },
    { ...signed, payload: { ...receipt, network: 1 } },
    { ...signed, format: 'x' }
  ]
  for (const each of wrong) expect(await verdictOf(each)).toMatchObject({ signature: 'wrong' })
})

it('X35: verifies a JWS by the key that its DID holds', async () => {
  for (const { alg, did, sign, address } of await signers()) {
    const signed = await jws(receipt, { alg, kid: `${did}#key-1` }, sign)
    expect(await verdictOf(signed, address), did).toEqual({
      signature: address ? 'by-payee' : 'by-another',
      signer: did,
      remarks: []
    })
    const [head, , last] = String(signed.signature).split('.')
    const body = Buffer.from(JSON.stringify({ ...receipt, issuedAt: 1 })).toString('base64url')
    const changed = { ...signed, signature: `${head}.${body}.${last}` }
    expect(await verdictOf(changed), did).toMatchObject({ signature: 'wrong' })
    const otherAlg = await jws(receipt, { alg: 'none', kid: did }, sign)
    expect(await verdictOf(otherAlg)).toMatchObject({ signature: 'wrong' })
  }
})

it('X35, X36: fetches no key, and takes none from the header', async () => {
  const [ed] = await signers()
  const x = Buffer.from(await ed25519.getPublicKeyAsync(key)).toString('base64url')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x }
  for (const kid of ['did:web:api.example.com#key-1', 'did:key:x', undefined]) {
    const header = { alg: 'EdDSA', jwk, ...(kid === undefined ? {} : { kid }) }
    const signed = await jws(receipt, header, ed?.sign ?? Promise.reject)
    expect(await verdictOf(signed)).toEqual({ signature: 'unread', remarks: [] })
  }
})

it('X37, X38: remarks what does not fit the purchase', async () => {
  const other = {
    version: 1,
    network: 'eip155:1',
    resourceUrl: 'https://api.example.com/other',
    payer: sellerAddress,
    issuedAt: receipt.issuedAt - 3600,
    transaction: '0xbb'
  }
  const late = { ...offer, resourceUrl: 'x', validUntil: receipt.issuedAt - 1 }
  const evidence = { offer: await eip712('offer', late), ...receiptIn(await eip712('receipt', other)) }
  const verdict = await judgeEvidence(purchase(evidence))
  expect(verdict.offer?.remarks).toEqual(['it is for another resource', 'it was over when it was paid'])
  expect(verdict.receipt?.remarks).toEqual([
    'it is for another resource',
    'it is of another network',
    'it names another payer',
    'it was made more than an hour before or after the payment',
    'it names another transaction'
  ])
  const same = await eip712('receipt', { ...receipt, transaction: '0xAA' })
  expect((await verdictOf(same))?.remarks).toEqual([])
})

it('X39: the export in JSON shows the evidence and the verdict', async () => {
  const evidence = receiptIn(await eip712('receipt', receipt))
  const bought = async function* () {
    yield purchase(evidence)
  }
  for await (const line of jsonLines(bought()))
    expect(JSON.parse(line)).toMatchObject({
      evidence,
      signatures: { receipt: { signature: 'by-payee', signer: sellerAddress, remarks: [] } }
    })
})
