import { BASE, BASE_SEPOLIA, SOLANA_MAINNET } from '@bursar/core'
import bs58 from 'bs58'
import nacl from 'tweetnacl'
import { generatePrivateKey } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { clock, createProof, type Proof, verify } from '../../test/katana-proofs.js'
import { encode, evmAccount, keypair, signers, stillClock } from '../../test/wallets.js'
import { createEvmSigner, createMemoryNonceStore, type MessageSigner, verifyKatanaProof } from '../index.js'

/** Signs a changed text with the same wallet. */
async function resign(
  signer: MessageSigner,
  proof: Proof,
  change: (message: string) => string
): Promise<Proof> {
  const message = change(proof.message)
  return { ...proof, message, signature: await signer.sign(message, BASE) }
}

const reasonOf = async (proof: object, options = {}) => {
  const verdict = await verify(proof, options)
  return verdict.valid ? 'valid' : verdict.reason
}

describe('a proof that is verified', () => {
  it('stands, whichever way its text writes the time', async () => {
    for (const options of [{}, { issuedAt: 'rfc3339' } as const]) {
      const proof = await createProof(signers.evm, options)
      expect(await verify(proof)).toEqual({
        valid: true,
        network: BASE,
        address: evmAccount.address,
        nonce: /Nonce: (.*)/.exec(proof.message)?.[1],
        issuedAtMs: proof.issued_at * 1000
      })
    }
  })

  it('Katana 62: may have a Solana signature in base58, base64 or hex', async () => {
    const proof = await createProof(signers.solana)
    const bytes = Buffer.from(bs58.decode(proof.signature))
    const hex = bytes.toString('hex')
    for (const signature of [
      bytes.toString('base64'),
      hex,
      `0x${hex}`,
      hex.toUpperCase(),
      bs58.encode(bytes)
    ]) {
      expect(await reasonOf({ ...proof, signature })).toBe('valid')
    }
    expect(await reasonOf({ ...proof, signature: bytes.toString('base64').replace('==', '') })).toBe('valid')
    bytes[5] = (bytes[5] ?? 0) ^ 1
    for (const signature of [
      bytes.toString('base64'),
      bytes.toString('hex'),
      bs58.encode(bytes),
      '',
      '0x',
      'é'
    ]) {
      expect(await reasonOf({ ...proof, signature })).toBe('wrong-signature')
    }
  })

  it('X4, Katana 62: is rejected when the address is a point of small order, for which anybody can sign', async () => {
    const { issued_at: issuedAt } = await createProof(signers.solana)
    const point = (first: number, last: number) =>
      Uint8Array.from({ length: 32 }, (_, at) => [first, last][at === 0 ? 0 : at === 31 ? 1 : 2] ?? 0)
    // 32 zero bytes are a point of order four, and the address of Solana's system program.
    const address = bs58.encode(new Uint8Array(32))
    let forgeries = 0
    for (let nonce = 10_000_000; nonce < 10_000_016; nonce++) {
      const message = `imgnAI X-Sign-In-With-X\nWallet: ${address}\nNetwork: ${SOLANA_MAINNET}\nNonce: ${nonce}\nIssued At: ${issuedAt}`
      for (const r of [point(1, 0), point(0, 0), point(0, 0x80)]) {
        const signature = Uint8Array.of(...r, ...new Uint8Array(32))
        if (nacl.sign.detached.verify(Buffer.from(message), signature, new Uint8Array(32))) forgeries++
        const proof = {
          network: SOLANA_MAINNET,
          address,
          message,
          signature: Buffer.from(signature).toString('hex'),
          issued_at: issuedAt
        }
        expect(await reasonOf(proof)).toBe('wrong-signature')
      }
    }
    expect(forgeries).toBeGreaterThan(0)
  })

  it('Katana 60: is rejected when it is older than five minutes, or from a clock far ahead', async () => {
    const proof = await createProof(signers.evm)
    const at = (seconds: number) => ({ clock: stillClock((proof.issued_at + seconds) * 1000) })
    expect(await reasonOf(proof, at(300))).toBe('valid')
    expect(await reasonOf(proof, at(301))).toBe('too-old')
    expect(await reasonOf(proof, at(-30))).toBe('valid')
    expect(await reasonOf(proof, at(-31))).toBe('in-future')
    expect(await reasonOf(proof, { ...at(-1), maxFutureSeconds: 0 })).toBe('in-future')
    expect(await reasonOf(proof, { ...at(11), maxAgeSeconds: 10 })).toBe('too-old')
  })

  it('is never verified by an age that is no number, by which none would be too old or used', async () => {
    const proof = await createProof(signers.evm)
    for (const name of ['maxAgeSeconds', 'maxFutureSeconds'])
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, '300'])
        await expect(verify(proof, { [name]: value })).rejects.toThrow(
          new RegExp(`^${name} must be a whole number from 0 to`)
        )
  })

  it('Katana 61: is rejected when another key signed it', async () => {
    const other = createEvmSigner(generatePrivateKey())
    expect(await reasonOf(await resign(other, await createProof(signers.evm), (message) => message))).toBe(
      'wrong-signature'
    )
  })

  it('Katana 63: is rejected when its issued_at is not that of its text', async () => {
    const proof = await createProof(signers.evm)
    expect(await reasonOf({ ...proof, issued_at: proof.issued_at + 1 })).toBe('time-mismatch')
  })

  it('Katana 59: is rejected when its text is not for imgnAI, or names another wallet', async () => {
    const proof = await createProof(signers.evm)
    expect(await reasonOf(await resign(signers.evm, proof, (text) => text.replace('imgnAI', 'other')))).toBe(
      'wrong-scope'
    )
    const stranger = `0x${'22'.repeat(20)}`
    expect(await reasonOf({ ...proof, address: stranger })).toBe('malformed')
    const renamed = (text: string) => text.replace(evmAccount.address, stranger)
    expect(await reasonOf(await resign(signers.evm, proof, renamed))).toBe('malformed')
  })

  it('Katana 65: is rejected when it is of another wallet than the one asked for', async () => {
    const proof = await createProof(signers.evm)
    expect(await reasonOf(proof, { wallet: evmAccount.address.toLowerCase() })).toBe('valid')
    expect(await reasonOf(proof, { wallet: `0x${'22'.repeat(20)}` })).toBe('wrong-wallet')
    expect(await reasonOf(proof, { wallet: keypair.publicKey.toBase58() })).toBe('wrong-wallet')
  })

  it('Katana 72: counts on the network that its text names, and on no other', async () => {
    const proof = await createProof(signers.evm)
    expect(await reasonOf({ ...proof, network: BASE_SEPOLIA }, { networks: [BASE, BASE_SEPOLIA] })).toBe(
      'malformed'
    )
    expect(await reasonOf({ ...proof, network: SOLANA_MAINNET })).toBe('malformed')
    expect(await reasonOf(proof, { networks: [SOLANA_MAINNET] })).toBe('unsupported-network')
  })

  it('counts once where nonces are kept', async () => {
    const nonces = createMemoryNonceStore({ clock })
    const proof = await createProof(signers.evm)
    const forged = { ...proof, signature: `0x${'11'.repeat(65)}` }
    expect(await reasonOf(forged, { nonces })).toBe('wrong-signature')
    expect(await reasonOf(proof, { nonces })).toBe('valid')
    expect(await reasonOf(proof, { nonces })).toBe('nonce-used')
    // The same signature, spelled in another way.
    const v = Number.parseInt(proof.signature.slice(-2), 16) - 27
    expect(await reasonOf({ ...proof, signature: `${proof.signature.slice(0, -2)}0${v}` }, { nonces })).toBe(
      'nonce-used'
    )
  })

  it.each<[string, (text: string) => string]>([
    ['a second time of issue', (text) => `${text}\nIssued At: 9999999999`],
    ['a second network', (text) => `Network: eip155:1\n${text}`],
    ['a second nonce', (text) => `${text}\nNonce: 00000000000000000000`],
    ['no nonce', (text) => text.replace(/Nonce: .*\n/, '')],
    ['no network', (text) => text.replace(/Network: .*\n/, '')],
    ['no time of issue', (text) => text.replace(/\nIssued At: .*/, '')],
    ['an unreadable time of issue', (text) => text.replace(/Issued At: .*/, 'Issued At: now')],
    ['a carriage return', (text) => `${text}\r\nmore`],
    ['a control character', (text) => `${text}\n\u0007`],
    ['a thousand lines', (text) => text + '\n'.repeat(1_000)],
    ['ten thousand letters', (text) => `${text}\n${'x'.repeat(10_000)}`]
  ])('is rejected when its signed text has %s', async (_, change) => {
    const proof = await createProof(signers.evm)
    expect(await reasonOf(await resign(signers.evm, proof, change))).toBe('malformed')
  })

  it.each<[string, object]>([
    ['a text that is none', { message: 7 }],
    ['an issued_at that is text', { issued_at: '1778711400' }],
    ['an issued_at of parts of a second', { issued_at: 1778711400.5 }],
    ['a negative issued_at', { issued_at: -1 }],
    ['an address that is none', { address: null }],
    ['a signature that is none', { signature: [1] }],
    ['an endless signature', { signature: `0x${'11'.repeat(9_000)}` }]
  ])('is rejected with %s', async (_, change) => {
    expect(await reasonOf({ ...(await createProof(signers.evm)), ...change })).toBe('malformed')
  })

  it('is rejected when its header is not base64 of a JSON object', async () => {
    for (const header of [
      '',
      '!',
      'AAAA',
      encode([]),
      encode('x'),
      'A'.repeat(40_000),
      'A'.repeat(200_000)
    ]) {
      expect(await verifyKatanaProof(header)).toMatchObject({ valid: false, reason: 'malformed' })
    }
  })
})
