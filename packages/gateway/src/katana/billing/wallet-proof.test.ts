import { Keypair } from '@solana/web3.js'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { type ProofChanges, walletProof } from '../../testing/wallet-proof.js'
import { verifyWalletProof } from './wallet-proof.js'

const key = generatePrivateKey()
const keypair = Keypair.generate()
const now = Math.floor(Date.now() / 1000)
const verify = (header: string) =>
  verifyWalletProof(header, { maxAgeSeconds: 300, timesMatter: true, nowMs: now * 1000 })

describe('a wallet proof', () => {
  it('Katana 58 and 61: of a Base wallet is by EIP-191', async () => {
    expect(await verify(await walletProof(key))).toEqual({
      network: 'eip155:8453',
      address: privateKeyToAccount(key).address
    })
  })

  it.each(['base58', 'base64', 'hex'] as const)(
    'Katana 62: of a Solana wallet may be in %s',
    async (encoding) => {
      expect(await verify(await walletProof(keypair, { encoding }))).toMatchObject({
        address: keypair.publicKey.toBase58()
      })
    }
  )

  it.each<[string, ProofChanges, string]>([
    [
      'Katana 59: without imgnAI in its message',
      { message: (text) => text.replace('imgnAI', 'img') },
      'its message does not name imgnAI'
    ],
    [
      'Katana 59: without the wallet in its message',
      { message: () => 'imgnAI' },
      'its message does not name the wallet'
    ],
    ['Katana 60: that is too old', { issuedAt: now - 301 }, 'it is stale'],
    ['Katana 60: from too far ahead', { issuedAt: now + 301 }, 'it is stale'],
    [
      'Katana 63: whose times disagree',
      { message: (text) => text.replace(String(now), String(now - 9)), issuedAt: now },
      'its issued_at is not that of its message'
    ],
    ['of a network that is not served', { network: 'bip122:x' }, 'its network is not served']
  ])('%s is rejected', async (_what, changes, reason) => {
    expect(await verify(await walletProof(key, changes))).toBe(reason)
  })

  it('Katana 61 and 62: by another wallet is rejected', async () => {
    const other = privateKeyToAccount(generatePrivateKey()).address
    expect(await verify(await walletProof(key, { address: other }))).toBe(
      'its signature is not by the wallet'
    )
    const stranger = Keypair.generate().publicKey.toBase58()
    expect(await verify(await walletProof(keypair, { address: stranger }))).toBe(
      'its signature is not by the wallet'
    )
  })

  it.each(['', '!', 'e30=', Buffer.from('[]').toString('base64')])(
    'Katana 58: that is %j is rejected',
    async (header) => {
      expect(await verify(header)).toBeTypeOf('string')
    }
  )
})
