import {
  BASE,
  bursarErrorOf,
  type Challenge,
  type JsonValue,
  type NetworkId,
  SOLANA_MAINNET
} from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { bothChains, challengeOf, fieldsAt, ORIGIN } from '../../test/sign-ins.js'
import { counting, decode, signers, stillClock } from '../../test/wallets.js'
import { createSignInProofProvider, type WalletProof } from '../index.js'
import { signerFailed } from '../signer/signer-error.js'

const clock = stillClock()
const fields = fieldsAt(clock.nowMs())
const at = (seconds: number) => new Date(clock.nowMs() + seconds * 1000).toISOString()

function setUp() {
  const [evm, solana] = [counting(signers.evm), counting(signers.solana)]
  const provider = createSignInProofProvider({ signers: [evm, solana], clock })
  const signed = () => evm.texts.length + solana.texts.length
  return { provider, signed }
}

/** The reason for which nothing was signed. */
async function refusalOf(
  challenge: Pick<Challenge, 'extensions'>,
  url = `${ORIGIN}/data`,
  network?: NetworkId
): Promise<string> {
  const { provider, signed } = setUp()
  const error = await provider.createProof({ challenge, url, network }).catch((reason: unknown) => reason)
  expect(signed()).toBe(0)
  const refusal = bursarErrorOf(error, 'proof/challenge-refused')
  if (!refusal) throw error
  expect(refusal.moneyState).toBe('none')
  return refusal.context.reason
}

async function createProof(
  challenge: Pick<Challenge, 'extensions'>,
  network?: NetworkId
): Promise<WalletProof> {
  const proof = await setUp().provider.createProof({ challenge, url: `${ORIGIN}/data`, network })
  if (!proof) throw new TypeError('no proof')
  return proof
}

describe('a challenge that asks for a sign-in', () => {
  it('is answered on the first chain that a signer serves, or on the one that is wanted', async () => {
    expect(await createProof(challengeOf(fields))).toMatchObject({ network: BASE, origin: ORIGIN })
    expect((await createProof(challengeOf(fields, bothChains.toReversed()))).network).toBe(SOLANA_MAINNET)
    expect((await createProof(challengeOf(fields), SOLANA_MAINNET)).network).toBe(SOLANA_MAINNET)
  })

  it('X12: is answered by one of the accounts that may, on the first chain of its family', async () => {
    const { provider } = setUp()
    const url = `${ORIGIN}/data`
    const [evm, solana] = await Promise.all([signers.evm.address(), signers.solana.address()])
    const as = (addresses: string[]) =>
      provider.createProof({ challenge: challengeOf(fields), url, addresses })
    expect(await as([evm.toLowerCase()])).toMatchObject({ network: BASE, address: evm })
    expect(await as([solana])).toMatchObject({ network: SOLANA_MAINNET, address: solana })
    await expect(as(['0x1'])).rejects.toMatchObject({ code: 'proof/challenge-refused' })
  })

  it('X12: is answered by another account where the first is a wallet that is not connected', async () => {
    const address = async (): Promise<string> => {
      throw signerFailed(SOLANA_MAINNET, 'it is not connected')
    }
    const provider = createSignInProofProvider({
      signers: [{ ...signers.solana, address }, signers.evm],
      clock
    })
    const challenge = challengeOf(fields, bothChains.toReversed())
    expect(await provider.createProof({ challenge, url: ORIGIN })).toMatchObject({ network: BASE })
  })

  it('is answered by its own fields, the chain, the wallet and the signature, in one header', async () => {
    const full = { ...fields, statement: 'Sign in', expirationTime: at(60), resources: [fields.uri] }
    const proof = await createProof(challengeOf({ ...full, unknown: 1, requestId: null }))
    const { name, value } = proof.headerFor(ORIGIN)
    expect(name).toBe('SIGN-IN-WITH-X')
    const { address, signature, ...rest } = decode(value)
    expect(rest).toEqual({ ...full, chainId: BASE, type: 'eip191' })
    expect([address, typeof signature]).toEqual([proof.address, 'string'])
  })

  it('gets a proof that ends when the challenge does', async () => {
    const endOf = async (info: object) => (await createProof(challengeOf(info))).expiresAtSeconds
    const now = Math.floor(clock.nowMs() / 1000)
    expect(await endOf(fields)).toBe(now + 120)
    expect(await endOf({ ...fields, expirationTime: at(30) })).toBe(now + 30)
  })

  it('gets nothing when it does not ask', async () => {
    const { provider, signed } = setUp()
    expect(await provider.createProof({ challenge: {}, url: ORIGIN })).toBeUndefined()
    expect(await provider.createProof({ challenge: { extensions: {} }, url: ORIGIN })).toBeUndefined()
    expect(signed()).toBe(0)
  })
})

describe('nothing is signed', () => {
  it.each<[string, string, string]>([
    ['another domain', 'domain', 'evil.example'],
    ['a parent domain', 'domain', 'example.com'],
    ['a domain with a port', 'domain', 'api.example.com:443'],
    ['the uri of another origin', 'uri', 'https://evil.example/data'],
    ['the uri of plain http', 'uri', 'http://api.example.com/data'],
    ['the uri of another port', 'uri', 'https://api.example.com:8443/data'],
    ['a uri that only begins so', 'uri', 'https://api.example.com.evil.example/'],
    ['a uri with credentials', 'uri', 'https://user@api.example.com/'],
    ['a uri of another kind', 'uri', 'blob:https://api.example.com/x'],
    ['a uri that is none', 'uri', 'api.example.com']
  ])('for %s', async (_, name, value) => {
    expect(await refusalOf(challengeOf({ ...fields, [name]: value }))).toContain(`its ${name} is not`)
  })

  it('for the challenge of another server that is passed on', async () => {
    expect(await refusalOf(challengeOf(fields), 'https://evil.example/')).toBe(
      'its domain is not that of the server that answered'
    )
  })

  it('X13: for the bare host of a server with a port, in words that say so', async () => {
    const uri = 'http://127.0.0.1:4021/data'
    const challenge = challengeOf({ ...fields, domain: '127.0.0.1', uri })
    expect(await refusalOf(challenge, uri)).toBe('its domain leaves out the port of the server that answered')
  })

  it('over plain http to another machine', async () => {
    const { provider, signed } = setUp()
    const answer = provider.createProof({ challenge: challengeOf(fields), url: 'http://api.example.com/' })
    await expect(answer).rejects.toMatchObject({ code: 'request/insecure' })
    expect(signed()).toBe(0)
  })

  it.each<[string, object, string]>([
    ['has expired', { expirationTime: at(0) }, 'it has expired'],
    ['is not valid yet', { notBefore: at(1) }, 'it is not valid yet'],
    ['is old', { issuedAt: at(-301) }, 'its time of issue is more than five minutes away'],
    ['is of the future', { issuedAt: at(301) }, 'its time of issue is more than five minutes away']
  ])('for a challenge that %s', async (_, change, reason) => {
    expect(await refusalOf(challengeOf({ ...fields, ...change }))).toBe(reason)
  })

  it.each<[string, JsonValue]>([
    ['no chains', null],
    ['an empty list', []],
    ['a chain that nobody knows', [{ chainId: 'eip155:999999', type: 'eip191' }]],
    ['a family that nobody knows', [{ chainId: 'bip122:000000000019d6689c085ae165831e93', type: 'bip322' }]],
    ['a signature that is not its own', [{ chainId: BASE, type: 'ed25519' }]],
    ['a kind of signature that nobody knows', [{ chainId: BASE, type: 'eip1271' }]],
    ['a chain with a line break', [{ chainId: 'eip155:8453\nNonce: 1', type: 'eip191' }]],
    ['what is no chain', [null, 7, 'eip155:8453', {}, []]],
    ['a known chain beyond the bound', [...Array.from({ length: 64 }, () => ({})), bothChains[0] ?? {}]]
  ])('for %s', async (_, chains) => {
    expect(await refusalOf(challengeOf(fields, chains))).toBe(
      'it names no chain that is known and has a signer'
    )
  })

  it('when the wanted chain is not among them', async () => {
    const only = challengeOf(fields, [bothChains[0]])
    expect(await refusalOf(only, ORIGIN, SOLANA_MAINNET)).toBe(
      'it names no chain that is known and has a signer'
    )
  })

  it('for fields that are malformed, and the error holds none of them', async () => {
    expect(await refusalOf(challengeOf({ ...fields, statement: 'x\nURI: https://evil.example' }))).toBe(
      'its statement is missing or malformed'
    )
    expect(await refusalOf(challengeOf('evil'))).toBe('its fields are missing')
    expect(await refusalOf({ extensions: { 'sign-in-with-x': 'evil' } })).toBe('it is not an object')
  })
})
