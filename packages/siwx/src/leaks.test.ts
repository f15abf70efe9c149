import { inspect } from 'node:util'
import bs58 from 'bs58'
import { describe, expect, it } from 'vitest'
import { challengeOf, fieldsAt, ORIGIN } from '../test/sign-ins.js'
import { decode, encode, evmKey, keypair, signers, stillClock } from '../test/wallets.js'
import {
  createEvmSigner,
  createKatanaProofProvider,
  createSignInProofProvider,
  createSolanaSigner,
  createVeniceProofProvider,
  type MessageSigner,
  verifyKatanaProof
} from './index.js'

/** Every way in which a logger, a serializer or a curious reader looks at a value. */
function show(value: unknown): string {
  const all = (held: unknown): string =>
    inspect(held, { depth: 20, showHidden: true, getters: true }) + String(held) + JSON.stringify(held)
  if (typeof value !== 'object' || value === null) return all(value)
  const names = Reflect.ownKeys(value).map(String)
  const inherited = Reflect.ownKeys(Object.getPrototypeOf(value)).map(String)
  return [value, { ...value }, Object.entries(value), structuredCloned(value), names, inherited]
    .map(all)
    .join('\n')
}

function structuredCloned(value: object): unknown {
  try {
    return structuredClone(value)
  } catch {
    return undefined
  }
}

const secretOf = ({ secretKey }: typeof keypair): string[] => {
  const bytes = Buffer.from(secretKey)
  return [bytes, bytes.subarray(0, 32)].flatMap((key) => [
    bs58.encode(key),
    key.toString('hex'),
    key.toString('base64'),
    [...key].join(','),
    [...key].join(', ')
  ])
}
const keys = [evmKey.slice(2), ...secretOf(keypair)]

describe.each<[string, MessageSigner]>(Object.entries(signers))('with a key on %s', (_, signer) => {
  const providers = {
    katana: createKatanaProofProvider({ signer, origin: ORIGIN, reuseSeconds: 60 }),
    standard: createSignInProofProvider({ signers: [signer] })
  }

  it('no proof shows its header, its signature or its text', async () => {
    const proofs = [
      await providers.katana.createProof(),
      await providers.standard.createProof({ challenge: challengeOf(fieldsAt(Date.now())), url: ORIGIN }),
      ...(signer.family === 'eip155'
        ? [await createVeniceProofProvider({ signer, origin: ORIGIN }).createProof(ORIGIN)]
        : [])
    ]
    for (const proof of proofs) {
      const { value } = proof?.headerFor(ORIGIN) ?? { value: '' }
      const { signature, nonce = 'imgnAI' } = decode(value)
      const shown = show(proof)
      for (const secret of [value, value.slice(0, 60), String(signature), String(nonce)]) {
        expect(shown).not.toContain(secret)
      }
      expect(shown).toContain(ORIGIN)
    }
  })

  it('nothing that a user can hold shows the key', async () => {
    await providers.katana.createProof()
    for (const held of [signer, providers.katana, providers.standard]) {
      for (const key of keys) expect(show(held)).not.toContain(key)
    }
  })

  it('no error shows the proof', async () => {
    const clock = stillClock()
    const proof = await createKatanaProofProvider({ signer, origin: ORIGIN, clock }).createProof()
    const { value } = proof.headerFor(ORIGIN)
    clock.move(200_000)
    for (const url of [ORIGIN, 'https://evil.example']) {
      try {
        proof.headerFor(url)
        expect.unreachable()
      } catch (error) {
        for (const secret of [value, String(decode(value).signature)])
          expect(show(error)).not.toContain(secret)
      }
    }
  })

  it('no verdict shows the proof', async () => {
    const { value } = (await providers.katana.createProof()).headerFor(ORIGIN)
    const proof = decode(value)
    const signature = String(proof.signature)
    for (const change of [
      {},
      { issued_at: 1 },
      { address: signature },
      { network: signature },
      { message: signature }
    ]) {
      expect(show(await verifyKatanaProof(encode({ ...proof, ...change })))).not.toContain(signature)
    }
  })
})

it('a malformed key is told without a digit of it', () => {
  const wrong = [`0x${'ab'.repeat(31)}`, 'cd'.repeat(32), `0x${'f'.repeat(64)}`, `0x${'0'.repeat(64)}`]
  for (const key of wrong) {
    expect(() => createEvmSigner(key)).toThrow(/not shown/)
    expect(() => createEvmSigner(key)).not.toThrow(key.slice(2, 12))
  }
  for (const key of [
    '[1,2,250,',
    '[251,252,253]',
    'O0Il',
    bs58.encode(keypair.secretKey.subarray(1)),
    [300]
  ]) {
    expect(() => createSolanaSigner(key)).toThrow(/not shown/)
    expect(() => createSolanaSigner(key)).not.toThrow(/25\d/)
  }
})
