import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { challengeOf, fieldsAt, ORIGIN } from '../../test/sign-ins.js'
import { decode, encode, keypair, signers, stillClock } from '../../test/wallets.js'
import {
  createSignInProofProvider,
  type NonceStore,
  type OriginVerifyOptions,
  verifySignIn
} from '../index.js'
import { formatSignIn } from '../text/sign-in-text.js'

const clock = stillClock()
const fields = fieldsAt(clock.nowMs())

async function createProof(info: object = fields): Promise<Record<string, unknown>> {
  const proof = await createSignInProofProvider({ signers: [signers.evm], clock }).createProof({
    challenge: challengeOf(info),
    url: ORIGIN
  })
  return decode(proof?.headerFor(ORIGIN).value ?? '')
}

async function reasonOf(payload: object, options: Partial<OriginVerifyOptions> = {}): Promise<string> {
  const verdict = await verifySignIn(encode(payload), { origin: ORIGIN, clock, ...options })
  return verdict.valid ? 'valid' : verdict.reason
}

describe('a sign-in', () => {
  it('stands for the server whose challenge it answers', async () => {
    expect(await verifySignIn(encode(await createProof()), { origin: `${ORIGIN}/any`, clock })).toEqual({
      valid: true,
      network: BASE,
      address: await signers.evm.address(),
      nonce: fields.nonce,
      issuedAtMs: clock.nowMs(),
      uri: fields.uri
    })
  })

  it('X2: is rejected by every other server, by one on another port too', async () => {
    const payload = await createProof()
    expect(await reasonOf(payload, { origin: 'https://example.com' })).toBe('wrong-domain')
    expect(await reasonOf(payload, { origin: 'https://api.example.com:8443' })).toBe('wrong-domain')
    const elsewhere = { ...fields, uri: 'https://evil.example/' }
    const signature = await signers.evm.sign(formatSignIn(elsewhere, BASE, String(payload.address)), BASE)
    expect(await reasonOf({ ...payload, ...elsewhere, signature })).toBe('wrong-uri')
  })

  it('is rejected when any field is not the one that was signed', async () => {
    const payload = await createProof({
      ...fields,
      statement: 'Read',
      requestId: 'request-1',
      resources: [fields.uri]
    })
    expect(await reasonOf(payload)).toBe('valid')
    for (const change of [
      { statement: 'Read all' },
      { statement: null },
      { nonce: '9999999999999999' },
      { uri: `${ORIGIN}/other` },
      { requestId: 'request-2' },
      { resources: [] },
      { notBefore: fields.issuedAt },
      { issuedAt: new Date(clock.nowMs() - 1).toISOString() },
      { address: `0x${'22'.repeat(20)}` },
      { signature: `0x${'11'.repeat(65)}` }
    ]) {
      expect(await reasonOf({ ...payload, ...change })).toBe('wrong-signature')
    }
  })

  it('X3: is rejected when it is old, over, not valid yet, or a millisecond of the future', async () => {
    const end = new Date(clock.nowMs() + 60_000).toISOString()
    const payload = await createProof({ ...fields, expirationTime: end })
    const at = (ms: number) => ({ clock: stillClock(clock.nowMs() + ms) })
    expect(await reasonOf(payload, at(59_999))).toBe('valid')
    expect(await reasonOf(payload, at(60_000))).toBe('expired')
    expect(await reasonOf(payload, at(-1))).toBe('in-future')
    expect(await reasonOf(payload, { ...at(-1), maxFutureSeconds: 1 })).toBe('valid')
    expect(await reasonOf(await createProof(), at(300_000))).toBe('valid')
    expect(await reasonOf(await createProof(), at(300_001))).toBe('too-old')
    const later = { ...(await createProof()), notBefore: end }
    expect(await reasonOf(later)).toBe('not-yet-valid')
  })

  it.each(['domain', 'address', 'uri', 'version', 'type', 'nonce', 'issuedAt', 'signature'])(
    'X1: is malformed without its %s',
    async (name) => {
      expect(await reasonOf({ ...(await createProof()), [name]: null })).toBe('malformed')
    }
  )

  it.each(['1234567', 'abcd-efgh', 'abcdefg\n'])('X1: is malformed with the nonce %j', async (nonce) => {
    const payload = await createProof()
    const text = formatSignIn({ ...fields, nonce }, BASE, String(payload.address))
    const signature = await signers.evm.sign(text, BASE)
    expect(await reasonOf({ ...payload, nonce, signature })).toBe('malformed')
  })

  it('is rejected on a chain that is not served, or with a type of another chain', async () => {
    const payload = await createProof()
    expect(await reasonOf(payload, { networks: [SOLANA_MAINNET] })).toBe('unsupported-network')
    for (const chainId of ['eip155:1', 'bip122:1', 'eip155', 7, null]) {
      expect(await reasonOf({ ...payload, chainId })).toBe('unsupported-network')
    }
    expect(await reasonOf({ ...payload, type: 'ed25519' })).toBe('malformed')
    expect(await reasonOf({ ...payload, address: keypair.publicKey.toBase58() })).toBe('malformed')
    expect(await reasonOf({ ...payload, version: '2' })).toBe('malformed')
  })

  it('X5: leaves its nonce alone until everything else stands, and remembers it as long as it counts', async () => {
    const claims: [string, number][] = []
    const answers = ['fresh', 'unknown', 'full'] as const
    const nonces: NonceStore = {
      claim: (name, untilSeconds) => answers[claims.push([name, untilSeconds]) - 1] ?? 'used'
    }
    const payload = await createProof()
    expect(await reasonOf({ ...payload, signature: '0x11' }, { nonces })).toBe('wrong-signature')
    expect(await reasonOf(payload, { nonces, wallet: `0x${'22'.repeat(20)}` })).toBe('wrong-wallet')
    expect(claims).toEqual([])
    for (const reason of ['valid', 'nonce-unknown', 'nonces-full', 'nonce-used']) {
      expect(await reasonOf(payload, { nonces })).toBe(reason)
    }
    const until = Math.ceil(clock.nowMs() / 1000) + 301
    expect(claims[0]).toEqual([`${BASE}/${payload.address}/${fields.nonce}`, until])
  })

  it('X5: counts for five minutes, however often it comes, where no nonces are kept', async () => {
    const payload = await createProof()
    for (const ms of [0, 0, 300_000])
      expect(await reasonOf(payload, { clock: stillClock(clock.nowMs() + ms) })).toBe('valid')
  })
})
