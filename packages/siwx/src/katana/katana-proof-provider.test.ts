import { BASE, bursarErrorOf, SOLANA_MAINNET } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { counting, signers, stillClock } from '../../test/wallets.js'
import { createKatanaProofProvider } from '../index.js'

const origin = 'https://kat.imgnai.com'

describe('a proof', () => {
  it('peers defect 5: goes to its own origin and to no other, whatever a redirect says', async () => {
    const proof = await createKatanaProofProvider({
      signer: signers.evm,
      origin: `${origin}/v1?x#y`
    }).createProof()
    expect(proof.origin).toBe(origin)
    expect(proof.headerFor(`${origin}/v1/x402/balance/0x`).value).toMatch(/^[A-Za-z0-9+/]+=*$/)
    for (const url of [
      'https://kat.imgnai.com.evil.example/',
      'https://evil.example/?https://kat.imgnai.com',
      'https://kat.imgnai.com@evil.example/',
      'https://kat.imgnai.com:8443/',
      'http://kat.imgnai.com/',
      'https://devkat.imgnai.com/'
    ]) {
      expect(() => proof.headerFor(url)).toThrow(expect.objectContaining({ code: 'proof/wrong-origin' }))
    }
    for (const url of [`blob:${origin}/x`, 'file:///etc', '/v1', '', 'data:,x']) {
      expect(() => proof.headerFor(url)).toThrow(TypeError)
    }
  })

  it('is told to be for another origin without the path and query that were asked', async () => {
    const proof = await createKatanaProofProvider({ signer: signers.evm, origin }).createProof()
    try {
      proof.headerFor('https://evil.example/path?key=secret')
      expect.unreachable()
    } catch (error) {
      const refusal = bursarErrorOf(error, 'proof/wrong-origin')
      if (!refusal) throw error
      expect(refusal.context).toEqual({ origin, requested: 'https://evil.example' })
      expect(refusal.moneyState).toBe('none')
      expect(refusal.message).not.toContain('secret')
    }
  })

  it('is not handed over when it is two minutes old', async () => {
    const clock = stillClock()
    const proof = await createKatanaProofProvider({ signer: signers.evm, origin, clock }).createProof()
    clock.move(119_000)
    expect(proof.headerFor(origin).name).toBe('X-Sign-In-With-X')
    clock.move(1_000)
    expect(() => proof.headerFor(origin)).toThrow(expect.objectContaining({ code: 'proof/expired' }))
  })
})

describe('a provider', () => {
  it('makes a proof for each request, on the network of its signer', async () => {
    const signer = counting(signers.evm)
    const provider = createKatanaProofProvider({ signer, origin })
    const [first, second] = [await provider.createProof(), await provider.createProof()]
    expect(first.headerFor(origin).value).not.toBe(second.headerFor(origin).value)
    expect([signer.texts.length, provider.network]).toEqual([2, BASE])
    expect(createKatanaProofProvider({ signer: signers.solana, origin }).network).toBe(SOLANA_MAINNET)
  })

  it('asks the wallet once for all calls within the time of reuse', async () => {
    const [clock, signer] = [stillClock(), counting(signers.evm)]
    const provider = createKatanaProofProvider({ signer, origin, clock, reuseSeconds: 60 })
    const [first, second] = await Promise.all([provider.createProof(), provider.createProof()])
    clock.move(59_999)
    const third = await provider.createProof()
    expect([second, third]).toEqual([first, first])
    expect(signer.texts).toHaveLength(1)
    clock.move(1)
    expect(await provider.createProof()).not.toBe(first)
    expect(signer.texts).toHaveLength(2)
  })

  it('makes a new one when the clock was set back', async () => {
    const [clock, signer] = [stillClock(), counting(signers.evm)]
    const provider = createKatanaProofProvider({ signer, origin, clock, reuseSeconds: 60 })
    await provider.createProof()
    clock.move(-1)
    await provider.createProof()
    expect(signer.texts).toHaveLength(2)
  })

  it('does not keep a rejection of the wallet', async () => {
    let refusing = true
    const signer = counting({
      ...signers.evm,
      sign: (text, network) =>
        refusing ? Promise.reject(new TypeError('no')) : signers.evm.sign(text, network)
    })
    const provider = createKatanaProofProvider({ signer, origin, reuseSeconds: 60 })
    await expect(provider.createProof()).rejects.toThrow('no')
    refusing = false
    expect((await provider.createProof()).origin).toBe(origin)
  })

  it('rejects plain http to another machine, and takes it on this one', () => {
    const signer = counting(signers.evm)
    const create = (url: string) => () => createKatanaProofProvider({ signer, origin: url })
    expect(create('http://devkat.imgnai.com')).toThrow(expect.objectContaining({ code: 'request/insecure' }))
    expect(create('http://127.0.0.1.evil.example')).toThrow(
      expect.objectContaining({ code: 'request/insecure' })
    )
    for (const url of ['http://127.0.0.1:3000', 'http://localhost:1', 'http://[::1]:1', 'http://127.9.9.9']) {
      expect(create(url)().origin).toBe(url)
    }
    expect(signer.texts).toEqual([])
  })

  it('rejects a life beyond its bounds, and a network that its signer cannot sign for', () => {
    for (const reuseSeconds of [-1, 121, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createKatanaProofProvider({ signer: signers.evm, origin, reuseSeconds })).toThrow(
        TypeError
      )
    }
    expect(() => createKatanaProofProvider({ signer: signers.evm, origin, network: SOLANA_MAINNET })).toThrow(
      TypeError
    )
    expect(() =>
      createKatanaProofProvider({ signer: signers.evm, origin, network: 'eip155:1\nNonce: 1' })
    ).toThrow(TypeError)
  })

  it('rejects an address that would add lines to the text', async () => {
    const signer = counting({ ...signers.evm, address: async () => '0x1\nNetwork: eip155:1' })
    await expect(createKatanaProofProvider({ signer, origin }).createProof()).rejects.toThrow(TypeError)
    expect(signer.texts).toEqual([])
  })
})
