import { BASE, SOLANA_MAINNET } from '@bursar/core'
import bs58 from 'bs58'
import nacl from 'tweetnacl'
import { verifyMessage } from 'viem'
import { describe, expect, it } from 'vitest'
import { clock, createProof } from '../../test/katana-proofs.js'
import { evmAccount, keypair, signers } from '../../test/wallets.js'

describe('a proof that is made', () => {
  it('Katana 58, 59: has five fields, and a text that holds imgnAI and the wallet', async () => {
    const proof = await createProof(signers.evm)
    expect(Object.keys(proof)).toEqual(['network', 'address', 'message', 'signature', 'issued_at'])
    const [head, wallet, network, nonce, issuedAt, ...more] = proof.message.split('\n')
    expect([head, wallet, network, issuedAt, more]).toEqual([
      'imgnAI X-Sign-In-With-X',
      `Wallet: ${evmAccount.address}`,
      'Network: eip155:8453',
      `Issued At: ${proof.issued_at}`,
      []
    ])
    expect(nonce).toMatch(/^Nonce: [0-9a-f]{32}$/)
    expect(proof).toMatchObject({ network: BASE, address: evmAccount.address })
  })

  it('Katana 60: names the second in which it was made', async () => {
    expect((await createProof(signers.evm)).issued_at).toBe(Math.floor(clock.nowMs() / 1000))
    const { message } = await createProof(signers.evm, { issuedAt: 'rfc3339' })
    expect(message).toMatch(/\nIssued At: 2026-11-21T03:00:00Z$/)
  })

  it('Katana 61: verifies with EIP-191 for viem', async () => {
    const { message, signature } = await createProof(signers.evm)
    const { address } = evmAccount
    expect(await verifyMessage({ address, message, signature: signature as `0x${string}` })).toBe(true)
  })

  it('Katana 62: verifies with Ed25519 for tweetnacl', async () => {
    const { network, address, message, signature } = await createProof(signers.solana)
    expect([network, address]).toEqual([SOLANA_MAINNET, keypair.publicKey.toBase58()])
    const bytes = Buffer.from(message, 'utf8')
    expect(nacl.sign.detached.verify(bytes, bs58.decode(signature), keypair.publicKey.toBytes())).toBe(true)
  })

  it('has a nonce of its own', async () => {
    const messages = await Promise.all([createProof(signers.evm), createProof(signers.evm)])
    expect(new Set(messages.map(({ message }) => message)).size).toBe(2)
  })
})
