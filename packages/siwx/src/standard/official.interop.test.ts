import { BASE, type Challenge, type JsonObject, type NetworkId, SOLANA_MAINNET } from '@bursar/core'
import {
  createSIWxClientHook,
  createSIWxResourceServerExtension,
  declareSIWxExtension,
  InMemorySIWxStorage,
  parseSIWxHeader,
  verifySIWxSignature
} from '@x402/extensions/sign-in-with-x'
import nacl from 'tweetnacl'
import { expect, it } from 'vitest'
import { evmAccount, keypair, signers } from '../../test/wallets.js'
import { createMemoryNonceStore, createSignInProofProvider, verifySignIn } from '../index.js'

const ORIGIN = 'https://api.example.com'
const networks: NetworkId[] = [BASE, SOLANA_MAINNET]

/** What the official server asks and grants; `paid` are the wallets that have paid for /data. */
function officialServer(paid: readonly string[]) {
  const storage = new InMemorySIWxStorage()
  for (const address of paid) storage.recordPayment('/data', address)
  const events: { type: string; error?: string }[] = []
  const server = createSIWxResourceServerExtension({
    storage,
    origin: ORIGIN,
    onEvent: (event: { type: string }) => events.push(event)
  } as never)
  const declaration = declareSIWxExtension({
    network: networks,
    statement: 'Sign in to read',
    expirationSeconds: 60
  } as never)
  return {
    events,
    async challenge(): Promise<Pick<Challenge, 'extensions'>> {
      const context = { resourceInfo: { url: `${ORIGIN}/data` }, requirements: [] }
      const asked = await server.enrichPaymentRequiredResponse?.(
        declaration['sign-in-with-x'],
        context as never
      )
      return { extensions: { 'sign-in-with-x': JSON.parse(JSON.stringify(asked)) as JsonObject } }
    },
    grants(header: string) {
      const adapter = {
        getHeader: (name: string) => (name.toLowerCase() === 'sign-in-with-x' ? header : undefined)
      }
      const context = { adapter, path: '/data' }
      return server.transportHooks?.http?.onProtectedRequest?.(
        {},
        context as never,
        { accepts: [{}] } as never
      )
    }
  }
}

const officialSigners = {
  [BASE]: evmAccount,
  [SOLANA_MAINNET]: {
    publicKey: keypair.publicKey.toBase58(),
    signMessage: async (message: Uint8Array) => nacl.sign.detached(message, keypair.secretKey)
  }
}

it.each(networks)('the official server grants access to what Bursar signs on %s', async (network) => {
  const server = officialServer([evmAccount.address, keypair.publicKey.toBase58()])
  const provider = createSignInProofProvider({ signers: [signers.evm, signers.solana] })
  const proof = await provider.createProof({
    challenge: await server.challenge(),
    url: `${ORIGIN}/data`,
    network
  })
  const { value } = proof?.headerFor(`${ORIGIN}/data`) ?? { value: '' }
  expect(await verifySIWxSignature(parseSIWxHeader(value))).toEqual({ isValid: true, payer: proof?.address })
  expect(await server.grants(value)).toEqual({ grantAccess: true })
  expect(server.events.map(({ type }) => type)).toEqual(['access_granted'])
})

it.each(networks)('Bursar verifies what the official client signs on %s, once', async (network) => {
  const { extensions } = await officialServer([]).challenge()
  const signer = officialSigners[network as keyof typeof officialSigners]
  const hook = createSIWxClientHook(signer as never)
  const answer = await hook({ paymentRequired: { extensions }, requestUrl: `${ORIGIN}/data` } as never)
  const header = answer?.headers['sign-in-with-x'] ?? ''
  const nonces = createMemoryNonceStore()
  const address = network === BASE ? evmAccount.address : keypair.publicKey.toBase58()
  expect(await verifySignIn(header, { origin: ORIGIN, nonces })).toMatchObject({
    valid: true,
    network,
    address,
    uri: `${ORIGIN}/data`
  })
  expect(await verifySignIn(header, { origin: ORIGIN, nonces })).toMatchObject({ reason: 'nonce-used' })
  expect(await verifySignIn(header, { origin: 'https://other.example' })).toMatchObject({
    reason: 'wrong-domain'
  })
})

it('what the official server rejects, Bursar rejects: a signature of another wallet', async () => {
  const server = officialServer([evmAccount.address])
  const proof = await createSignInProofProvider({ signers: [signers.evm] }).createProof({
    challenge: await server.challenge(),
    url: ORIGIN
  })
  const payload = JSON.parse(Buffer.from(proof?.headerFor(ORIGIN).value ?? '', 'base64').toString('utf8'))
  const forged = btoa(JSON.stringify({ ...payload, address: `0x${'22'.repeat(20)}` }))
  expect(await server.grants(forged)).toBeUndefined()
  expect(await verifySignIn(forged, { origin: ORIGIN })).toMatchObject({ reason: 'wrong-signature' })
})
