import { BASE, type Offer, type SignedPayment, x402V2 } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { parseChallenge } from '@bursar/core/wire'
import { type BaseChain, startBase } from '@bursar/localchain'
import {
  concat,
  createTestClient,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  pad,
  parseAbi
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEvmAuditor } from '../audit.js'
import { createEvmPayer } from '../index.js'

/** A seller's contract: it turns over every bit behind the first word of its input, and calls the address in it with that. */
const HIDING = '0x000000000000000000000000000000000000c0de'
const HIDING_CODE =
  '0x60205b803611156019578035198160209003526020016002565b506000600060203603600060006000355af1603357600080fd5b00'
const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const PAYEE = '0x00000000000000000000000000000000000b0b06'
const MOST = 500_000n
const settleAbi = parseAbi([
  'struct TokenPermissions { address token; uint256 amount; }',
  'struct Permit { TokenPermissions permitted; uint256 nonce; uint256 deadline; }',
  'struct UptoWitness { address to; address facilitator; uint256 validAfter; }',
  'function settle(Permit permit, uint256 amount, address owner, UptoWitness witness, bytes signature)'
])

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
  const code = HIDING_CODE.replaceAll(' ', '') as Hex
  await createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).setCode({
    address: HIDING,
    bytecode: code
  })
})
afterAll(() => chain.stop())

function walletOf(key: Hex) {
  return createWalletClient({ account: privateKeyToAccount(key), transport: http(chain.rpcUrl) })
}

async function mined(sent: Promise<Hex>): Promise<void> {
  expect((await chain.awaitReceipt(await sent)).status).toBe('success')
}

function offerTo(payTo: Hex): Offer {
  const extra = { assetTransferMethod: 'permit2', facilitatorAddress: HIDING }
  const entry = { scheme: 'upto', network: BASE, amount: String(MOST), asset: chain.usdc, payTo }
  const accepts = [{ ...entry, maxTimeoutSeconds: 300, extra }]
  const [offer] = parseChallenge({ x402Version: 2, accepts }, createRegistry()).offers
  if (!offer) throw new TypeError('no offer')
  return offer
}

/** A payer that has let Permit2 take its dollar. */
async function newPayer() {
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await chain.mint(address, 1_000_000n)
  await chain.fundGas(address)
  const approval = { address: chain.usdc, abi: erc20Abi, functionName: 'approve', chain: null } as const
  await mined(walletOf(key).writeContract({ ...approval, args: [PERMIT2, 2n ** 256n - 1n] }))
  const options = { account: key, rpcUrls: { [BASE]: chain.rpcUrl }, rpcTimeoutMs: 25_000 }
  const payer = createEvmPayer(options)
  const sign = async (): Promise<SignedPayment> =>
    (await payer.prepare(offerTo(PAYEE), { dialect: x402V2, maxValiditySeconds: 300 })).sign()
  return { key, payer, sign, auditor: createEvmAuditor(options) }
}

/** Charges through the contract, so that the nonce is nowhere in the transaction's input, and then some more bytes. */
async function charge({ payload }: SignedPayment, amount: bigint, more: Hex = '0x'): Promise<void> {
  const { signature, permit2Authorization: said } = Object(payload)
  const { from, permitted, nonce, deadline, witness, spender } = said
  const permit = { permitted, nonce, deadline }
  const args = [permit, amount, from, witness, signature] as const
  const data = encodeFunctionData({ abi: settleAbi, functionName: 'settle', args })
  const turned =
    `0x${[...data.slice(2)].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('')}` as Hex
  const { privateKey = generatePrivateKey() } = chain.accounts[0] ?? {}
  const call = { to: HIDING, data: concat([pad<Hex>(spender), turned, more]), chain: null } as const
  await mined(walletOf(privateKey).sendTransaction(call))
}

it('X86: what was taken through a contract that hides the nonce is not read from another charge that shows it', async () => {
  const { payer, sign } = await newPayer()
  const [hidden, shown] = [await sign(), await sign()]
  await charge(hidden, MOST)
  await charge(shown, 1n, hidden.reference as Hex)
  expect(await payer.getSettlementStatus(hidden)).toMatchObject({ status: 'settled', amountAtomic: MOST })
})

it('X95: a payment that was charged through such a contract, and cancelled then, is not dead', async () => {
  const { payer, sign, auditor } = await newPayer()
  const payment = await sign()
  await charge(payment, MOST)
  await auditor.cancel?.(payment)
  await expect(payer.getSettlementStatus(payment)).rejects.toMatchObject({ code: 'rpc/unavailable' })
})

it('X96: a payment that was cancelled is dead also where its payer has paid the same payee otherwise', async () => {
  const { payer, sign, auditor, key } = await newPayer()
  const payment = await sign()
  const transfer = { address: chain.usdc, abi: erc20Abi, functionName: 'transfer', chain: null } as const
  await mined(walletOf(key).writeContract({ ...transfer, args: [PAYEE, 1n] }))
  await auditor.cancel?.(payment)
  expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
})
