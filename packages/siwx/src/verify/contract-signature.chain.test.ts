import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BASE, bursarErrorOf } from '@bursar/core'
import { type BaseChain, startBase } from '@bursar/localchain'
import type { Hex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { challengeOf, fieldsAt, ORIGIN } from '../../test/sign-ins.js'
import { type SmartWallet, smartWalletOf } from '../../test/smart-wallets.js'
import { decode, encode, evmAccount, signers } from '../../test/wallets.js'
import {
  createEvmSigner,
  createKatanaProofProvider,
  createMemoryNonceStore,
  createSignInProofProvider,
  createVeniceProofProvider,
  type MessageSigner,
  type RpcUrls,
  verifyKatanaProof,
  verifySignIn,
  verifyVeniceProof
} from '../index.js'

let chain: BaseChain
const owner = privateKeyToAccount(generatePrivateKey())
const deployed = smartWalletOf(owner.address)
beforeAll(async () => {
  chain = await startBase()
  await deployed.deploy(chain)
})
afterAll(() => chain.stop())

const rpcUrls = (): RpcUrls => ({ [BASE]: chain.rpcUrl })

/** Signs for a contract with a key. */
function contractSigner(
  { address }: SmartWallet,
  key = owner,
  wrap = (signature: Hex): Hex => signature
): MessageSigner {
  const signMessage = async ({ message }: { message: string }) => wrap(await key.signMessage({ message }))
  return createEvmSigner({ address, type: 'smart', signMessage })
}

async function katanaHeader(signer: MessageSigner): Promise<string> {
  return (await createKatanaProofProvider({ signer, origin: ORIGIN }).createProof()).headerFor(ORIGIN).value
}

async function verdictOf(signer: MessageSigner, urls = rpcUrls()) {
  const verdict = await verifyKatanaProof(await katanaHeader(signer), { rpcUrls: urls })
  return verdict.valid ? verdict.address : verdict.reason
}

describe("a contract's signature", () => {
  it('stands in all three forms when the contract takes it (EIP-1271), once', async () => {
    const [signer, nonces] = [contractSigner(deployed), createMemoryNonceStore()]
    const katanaOptions = { rpcUrls: rpcUrls(), nonces }
    const options = { ...katanaOptions, origin: ORIGIN }
    const katana = await katanaHeader(signer)
    const venice = await createVeniceProofProvider({ signer, origin: ORIGIN }).createProof(ORIGIN)
    const standard = await createSignInProofProvider({ signers: [signer] }).createProof({
      challenge: challengeOf(fieldsAt(Date.now())),
      url: ORIGIN
    })
    const { address } = deployed
    expect(await verifyKatanaProof(katana, katanaOptions)).toMatchObject({ valid: true, address })
    expect(await verifyKatanaProof(katana, katanaOptions)).toMatchObject({ reason: 'nonce-used' })
    expect(await verifyVeniceProof(venice.headerFor(ORIGIN).value, options)).toMatchObject({
      valid: true,
      address
    })
    expect(await verifySignIn(standard?.headerFor(ORIGIN).value ?? '', options)).toMatchObject({
      valid: true,
      address
    })
  })

  it('stands before the contract is deployed, when it says how (EIP-6492)', async () => {
    const newcomer = privateKeyToAccount(generatePrivateKey())
    const wallet = smartWalletOf(newcomer.address)
    expect(await verdictOf(contractSigner(wallet, newcomer, wallet.wrap))).toBe(wallet.address)
    // Another key, another contract than the one it deploys, and no word on how to deploy it.
    expect(await verdictOf(contractSigner(wallet, owner, wallet.wrap))).toBe('wrong-signature')
    expect(await verdictOf(contractSigner(wallet, owner, deployed.wrap))).toBe('wrong-signature')
    expect(await verdictOf(contractSigner(wallet, newcomer))).toBe('wrong-signature')
  })

  it('is rejected when the contract does not take it, or there is no contract', async () => {
    const wallet = (address: Hex) =>
      createEvmSigner({
        address,
        type: 'smart',
        signMessage: ({ message }) => evmAccount.signMessage({ message })
      })
    expect(await verdictOf(wallet(deployed.address))).toBe('wrong-signature')
    expect(await verdictOf(wallet(`0x${'22'.repeat(20)}`))).toBe('wrong-signature')
    // USDC is a contract that knows nothing of EIP-1271.
    expect(await verdictOf(wallet(chain.usdc))).toBe('wrong-signature')
    const proof = decode(await katanaHeader(contractSigner(deployed)))
    for (const signature of ['0x', '0x11', `0x${'11'.repeat(64)}`, `0x${'6492'.repeat(32)}`, '0xzz', 'x']) {
      const header = encode({ ...proof, signature })
      expect(await verifyKatanaProof(header, { rpcUrls: rpcUrls() })).toMatchObject({
        reason: 'wrong-signature'
      })
    }
  })

  it('X4: is rejected where no endpoint is given', async () => {
    expect(await verdictOf(contractSigner(deployed), {})).toBe('wrong-signature')
  })
})

describe('an endpoint', () => {
  it('that is down is an error that shows no key, never a verdict', async () => {
    const error = await verdictOf(contractSigner(deployed), {
      [BASE]: 'http://127.0.0.1:1/secret-key'
    }).catch((reason: unknown) => reason)
    const outage = bursarErrorOf(error, 'rpc/unavailable')
    expect([outage?.context, outage?.moneyState]).toEqual([
      { network: BASE, endpoints: 1, reasons: ['127.0.0.1:1 cannot be reached'] },
      'none'
    ])
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-key')
  })

  it.each([
    [429, '{}'],
    [500, 'x'],
    [200, '{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"limit exceeded"}}']
  ])(
    'that answers eth_call with %i %s is no verdict either, and the next one is asked',
    async (status, body) => {
      const server = createServer(async (request, response) => {
        let text = ''
        for await (const chunk of request) text += chunk
        const { id, method } = JSON.parse(text)
        if (method === 'eth_chainId') response.end(JSON.stringify({ jsonrpc: '2.0', id, result: '0x2105' }))
        else response.writeHead(status).end(body)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      onTestFinished(() => {
        server.closeAllConnections()
        server.close()
      })
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const signer = contractSigner(deployed)
      await expect(verdictOf(signer, { [BASE]: url })).rejects.toMatchObject({ code: 'rpc/unavailable' })
      expect(await verdictOf(signer, { [BASE]: [url, chain.rpcUrl] })).toBe(deployed.address)
    }
  )

  it('of another chain is not believed', async () => {
    const other = await startBase({ chainId: 1 })
    onTestFinished(() => other.stop())
    await deployed.deploy(other)
    const answer = verdictOf(contractSigner(deployed), { [BASE]: other.rpcUrl })
    await expect(answer).rejects.toMatchObject({
      code: 'rpc/unavailable',
      context: { reasons: [`${new URL(other.rpcUrl).host} serves Ethereum`] }
    })
  })

  it('is not asked about an ordinary wallet', async () => {
    expect(await verdictOf(signers.evm, { [BASE]: 'http://127.0.0.1:1' })).toBe(evmAccount.address)
  })
})
