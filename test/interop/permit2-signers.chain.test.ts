import { createBursar } from 'bursar'
import { auditOf } from 'bursar/audit'
import {
  type Address,
  createTestClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  parseEther,
  walletActions
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock1271, createSafe, newKey } from '../contract-wallets/wallets.js'
import { useStack } from '../stack.js'
import { startPermit2Server } from './permit2-server.js'

const stack = useStack()
const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const newPayee = () => privateKeyToAccount(generatePrivateKey()).address

/** An account as `createBursar` takes it. */
interface Signer {
  readonly address: Address
  readonly signTypedData: (data: never) => Promise<Hex>
}

/** Gives the account a dollar, and has it allow Permit2 to take it, as its owner does once, or the contract itself. */
async function allow({ address }: Pick<Signer, 'address'>): Promise<void> {
  const { chain } = stack
  await chain.mint(address, 1_000_000n)
  const client = createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).extend(walletActions)
  await client.setBalance({ address, value: parseEther('1') })
  await client.impersonateAccount({ address })
  const args = [PERMIT2, 2n ** 256n - 1n] as const
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args })
  await client.sendUnsignedTransaction({ from: address, to: chain.usdc, data })
  await client.stopImpersonatingAccount({ address })
}

function bursarOf(evm: Signer) {
  const bursar = createBursar({
    evm,
    limits: { payment: '0.5', total: '2' },
    ledger: 'memory',
    verify: 'chain',
    resend: { times: 0 },
    rpcUrls: { 'eip155:8453': stack.chain.rpcUrl }
  })
  onTestFinished(() => bursar.close())
  return bursar
}

/** A key whose wallet writes its signatures in another form. */
function writing(form: (signature: Hex) => Hex): Signer {
  const { address, signTypedData } = privateKeyToAccount(generatePrivateKey())
  return { address, signTypedData: async (data) => form(await signTypedData(data)) }
}

/** The last byte, v, becomes 0 or 1. */
const withParity = (signature: Hex): Hex =>
  `${signature.slice(0, -2) as Hex}${signature.endsWith('1b') ? '00' : '01'}`

/** EIP-2098: the parity is the highest bit of s. */
function compact(signature: Hex): Hex {
  const parity = signature.endsWith('1b') ? 0n : 1n
  const s = BigInt(`0x${signature.slice(66, 130)}`) | (parity << 255n)
  return `${signature.slice(0, 66) as Hex}${s.toString(16).padStart(64, '0')}`
}

describe('X98: a payment by Permit2, through the official facilitator,', () => {
  it.each<[string, () => Signer | Promise<Signer>]>([
    ['signed with a v of 0 or 1', () => writing(withParity)],
    ['signed in 64 bytes', () => writing(compact)],
    ["of Circle's contract wallet", () => createMock1271(stack.chain, { owner: newKey() })],
    ['of a Safe of one owner', () => createSafe(stack.chain, [newKey()])]
  ])('%s is taken once', async (_, create) => {
    const payee = newPayee()
    const server = await startPermit2Server(stack.chain, payee)
    const signer = await create()
    await allow(signer)
    const bursar = bursarOf(signer)
    const response = await bursar.fetch(`${server.url}/exact`)
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled', amount: '0.01' })
    expect(await stack.chain.balanceOf(payee)).toBe(10_000n)
  })
})

describe('X97: reconcile', () => {
  it('agrees with a charge below the most whose answer was lost', async () => {
    const payee = newPayee()
    const server = await startPermit2Server(stack.chain, payee)
    const signer = privateKeyToAccount(generatePrivateKey())
    await allow(signer)
    const bursar = bursarOf(signer)
    server.charge = '1858'
    const url = `${server.url}/upto`
    const challenge = (await fetch(url)).headers.get('payment-required') ?? ''
    const lost = bursar.pay(challenge, {
      origin: url,
      async send({ headers }) {
        await fetch(url, { headers })
        throw new TypeError('The answer is lost')
      }
    })
    await lost.catch(() => {})
    expect(await stack.chain.balanceOf(payee)).toBe(1_858n)
    await auditOf(bursar).reconcile()
    const kept: unknown[] = []
    for await (const { state, offer } of bursar.history())
      kept.push([state, offer.amountAtomic, offer.upto?.amountAtomic])
    expect(kept).toEqual([['settled', 1_858n, 500_000n]])
    expect((await auditOf(bursar).reconcile()).discrepancies.map(({ kind }) => kind)).not.toContain('differs')
  })

  it('has nothing to say of a payment that was cancelled, which holds no budget', async () => {
    const server = await startPermit2Server(stack.chain, newPayee())
    const signer = privateKeyToAccount(generatePrivateKey())
    await allow(signer)
    const bursar = bursarOf(signer)
    const url = `${server.url}/upto`
    const challenge = (await fetch(url)).headers.get('payment-required') ?? ''
    const send = async () => new Response(null, { status: 402 })
    await bursar.pay(challenge, { origin: url, send }).catch(() => {})
    const [purchase] = await bursar.outstanding()
    expect(await auditOf(bursar).cancel(purchase?.id ?? '')).toMatchObject({ outcome: 'cancelled' })
    expect(await bursar.outstanding()).toEqual([])
    expect(await auditOf(bursar).reconcile()).toMatchObject({ settled: 0, debits: 0, discrepancies: [] })
  })
})
