import { BASE } from '@bursar/core'
import { verifyMessage } from 'viem'
import { createSiweMessage, parseSiweMessage, validateSiweMessage } from 'viem/siwe'
import { describe, expect, it } from 'vitest'
import { counting, decode, encode, evmAccount, signers, stillClock } from '../../test/wallets.js'
import {
  createKatanaProofProvider,
  createMemoryNonceStore,
  createVeniceProofProvider,
  type OriginVerifyOptions,
  verifyKatanaProof,
  verifyVeniceProof
} from '../index.js'

const VENICE = 'https://api.venice.ai'
const PATH = '/api/v1/x402/balance/0xabc'
const clock = stillClock()

interface Proof {
  address: string
  message: string
  signature: `0x${string}`
  timestamp: number
  chainId: number
}

async function createProof(options: { lifeSeconds?: number; statement?: string } = {}): Promise<Proof> {
  const proof = await createVeniceProofProvider({ signer: signers.evm, clock, ...options }).createProof(
    `${VENICE}${PATH}?limit=9`
  )
  const { name, value } = proof.headerFor(VENICE)
  expect(name).toBe('X-Sign-In-With-X')
  return decode(value) as unknown as Proof
}

async function reasonOf(proof: object, options: Partial<OriginVerifyOptions> = {}): Promise<string> {
  const verdict = await verifyVeniceProof(encode(proof), { origin: VENICE, clock, ...options })
  return verdict.valid ? 'valid' : verdict.reason
}

async function resign(proof: Proof, change: (message: string) => string): Promise<Proof> {
  const message = change(proof.message)
  return { ...proof, message, signature: await evmAccount.signMessage({ message }) }
}

describe('a Venice proof that is made', () => {
  it('has the five fields of Venice, and a text of EIP-4361 for the path', async () => {
    const proof = await createProof()
    expect(Object.keys(proof)).toEqual(['address', 'message', 'signature', 'timestamp', 'chainId'])
    expect([proof.timestamp, proof.chainId]).toEqual([clock.nowMs(), 8453])
    const read = parseSiweMessage(proof.message)
    expect(read).toMatchObject({
      address: evmAccount.address,
      chainId: 8453,
      domain: 'api.venice.ai',
      statement: 'Sign in to Venice AI',
      uri: `${VENICE}${PATH}`,
      version: '1',
      issuedAt: new Date(clock.nowMs()),
      expirationTime: new Date(clock.nowMs() + 300_000)
    })
    const now = { message: read, domain: 'api.venice.ai', time: new Date(clock.nowMs()) }
    expect(validateSiweMessage({ ...now, address: evmAccount.address })).toBe(true)
    expect(proof.message).toBe(createSiweMessage(read as never))
    expect(await verifyMessage({ ...proof, address: evmAccount.address })).toBe(true)
  })

  it('ends when it is told to, and is sent for two minutes at most', async () => {
    const { message } = await createProof({ lifeSeconds: 30 })
    expect(parseSiweMessage(message).expirationTime).toEqual(new Date(clock.nowMs() + 30_000))
    const now = Math.floor(clock.nowMs() / 1000)
    for (const [lifeSeconds, end] of [
      [30, 30],
      [300, 120]
    ] as const) {
      const proof = await createVeniceProofProvider({ signer: signers.evm, clock, lifeSeconds }).createProof(
        VENICE
      )
      expect(proof.expiresAtSeconds).toBe(now + end)
    }
    for (const lifeSeconds of [29, 301, Number.NaN]) {
      expect(() => createVeniceProofProvider({ signer: signers.evm, lifeSeconds })).toThrow(TypeError)
    }
  })

  it('is made for no other origin, not by a Solana wallet, and not with a text that adds lines', async () => {
    const signer = counting(signers.evm)
    const provider = createVeniceProofProvider({ signer })
    await expect(provider.createProof('https://evil.example/')).rejects.toMatchObject({
      code: 'proof/wrong-origin'
    })
    await expect(provider.createProof(`${VENICE}/a|b`)).rejects.toThrow(TypeError)
    const injecting = createVeniceProofProvider({ signer, statement: 'x\nURI: https://evil.example' })
    await expect(injecting.createProof(VENICE)).rejects.toThrow(TypeError)
    expect(() => createVeniceProofProvider({ signer: signers.solana })).toThrow(TypeError)
    expect(signer.texts).toEqual([])
  })
})

describe('a Venice proof that is verified', () => {
  it('stands for its origin, once', async () => {
    const [proof, nonces] = [await createProof(), createMemoryNonceStore({ clock })]
    expect(await verifyVeniceProof(encode(proof), { origin: VENICE, clock, nonces })).toEqual({
      valid: true,
      network: BASE,
      address: evmAccount.address,
      nonce: parseSiweMessage(proof.message).nonce,
      issuedAtMs: clock.nowMs(),
      uri: `${VENICE}${PATH}`
    })
    expect(await reasonOf(proof, { nonces })).toBe('nonce-used')
    for (const chainId of ['8453', 'eip155:8453']) expect(await reasonOf({ ...proof, chainId })).toBe('valid')
  })

  it('is rejected for its origin, wallet, chain or times', async () => {
    const proof = await createProof()
    expect(await reasonOf(proof, { origin: 'https://venice.ai' })).toBe('wrong-domain')
    const moved = await resign(proof, (text) => text.replace(`URI: ${VENICE}`, 'URI: https://evil.example'))
    expect(await reasonOf(moved)).toBe('wrong-uri')
    expect(await reasonOf(proof, { wallet: `0x${'22'.repeat(20)}` })).toBe('wrong-wallet')
    expect(await reasonOf({ ...proof, address: `0x${'22'.repeat(20)}` })).toBe('malformed')
    for (const chainId of [1, '0x2105', null]) expect(await reasonOf({ ...proof, chainId })).toBe('malformed')
    const other = await resign(proof, (text) => text.replace('Chain ID: 8453', 'Chain ID: 1'))
    expect(await reasonOf({ ...other, chainId: 1 })).toBe('unsupported-network')
    expect(await reasonOf({ ...proof, timestamp: proof.timestamp + 30_000 })).toBe('valid')
    for (const timestamp of [proof.timestamp + 30_001, proof.timestamp - 30_001, '0', null, Number.NaN]) {
      expect(await reasonOf({ ...proof, timestamp })).toBe('time-mismatch')
    }
    expect(await reasonOf(proof, { clock: stillClock(clock.nowMs() + 300_000) })).toBe('expired')
    expect(await reasonOf(proof, { clock: stillClock(clock.nowMs() + 300_001) })).toBe('too-old')
    expect(await reasonOf(proof, { clock: stillClock(clock.nowMs() - 30_000) })).toBe('valid')
    expect(await reasonOf(proof, { clock: stillClock(clock.nowMs() - 30_001) })).toBe('in-future')
    expect(await reasonOf({ ...proof, signature: `0x${'11'.repeat(65)}` })).toBe('wrong-signature')
  })

  it.each<[string, (text: string) => string]>([
    ['a line more', (text) => `${text}\nNot After: x`],
    ['a line twice', (text) => text.replace('\nNonce:', '\nNonce: 0000000000000000\nNonce:')],
    ['a line less', (text) => text.replace(/\nVersion: 1/, '')],
    ['carriage returns', (text) => text.replaceAll('\n', '\r\n')],
    ['a scheme before its domain', (text) => `https://${text}`],
    ['an end of a line', (text) => `${text}\n`],
    ['a chain id with a zero before it', (text) => text.replace('Chain ID: ', 'Chain ID: 0')]
  ])('is rejected when its signed text has %s', async (_, change) => {
    expect(await reasonOf(await resign(await createProof(), change))).toBe('malformed')
  })

  it('is rejected when its text is none, or its header is not base64 of a JSON object', async () => {
    for (const message of [7, null, '', 'x'.repeat(20_000)]) {
      expect(await reasonOf({ ...(await createProof()), message })).toBe('malformed')
    }
    expect(await verifyVeniceProof('!', { origin: VENICE })).toMatchObject({ reason: 'malformed' })
  })
})

it('Katana 74: neither service takes the proof of the other, though the header has one name', async () => {
  expect(await verifyKatanaProof(encode(await createProof()), { clock })).toMatchObject({ valid: false })
  const imgnai = {
    ...(await createProof({ statement: 'imgnAI' })),
    network: BASE,
    issued_at: Math.floor(clock.nowMs() / 1000)
  }
  expect(await verifyKatanaProof(encode(imgnai), { clock })).toMatchObject({ reason: 'malformed' })
  const proof = await createKatanaProofProvider({ signer: signers.evm, origin: VENICE, clock }).createProof()
  expect(await reasonOf(decode(proof.headerFor(VENICE).value))).toBe('malformed')
})
