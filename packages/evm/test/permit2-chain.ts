import {
  BASE,
  type Clock,
  type JsonObject,
  type Offer,
  type SignedPayment,
  systemClock,
  x402V2
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { parseChallenge } from '@bursar/core/wire'
import { type BaseChain, startBase } from '@bursar/localchain'
import {
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  multicall3Abi,
  parseAbi
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect } from 'vitest'
import { createEvmAuditor } from '../src/audit.js'
import { createEvmPayer } from '../src/index.js'

export let chain: BaseChain

/** Starts the chain before the tests of a file, and stops it after. */
export function usePermit2Chain(): void {
  beforeAll(async () => {
    chain = await startBase()
  })
  afterAll(() => chain.stop())
}

const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
export const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11'
const PAYEE = '0x00000000000000000000000000000000000b0b05'
export const abi = parseAbi([
  'struct TokenPermissions { address token; uint256 amount; }',
  'struct Permit { TokenPermissions permitted; uint256 nonce; uint256 deadline; }',
  'struct Permit2612 { uint256 value; uint256 deadline; bytes32 r; bytes32 s; uint8 v; }',
  'struct Witness { address to; uint256 validAfter; }',
  'struct UptoWitness { address to; address facilitator; uint256 validAfter; }',
  'function settle(Permit permit, address owner, Witness witness, bytes signature)',
  'function settleWithPermit(Permit2612 permit2612, Permit permit, address owner, Witness witness, bytes signature)',
  'function settle(Permit permit, uint256 amount, address owner, UptoWitness witness, bytes signature)'
])
/** The wire payload, as a facilitator reads it. */
interface Wire {
  readonly signature: Hex
  readonly permit2Authorization: {
    readonly from: Hex
    readonly spender: Hex
    readonly permitted: { readonly token: Hex; readonly amount: string }
    readonly nonce: string
    readonly deadline: string
    readonly witness: { readonly to: Hex; readonly facilitator: Hex; readonly validAfter: string }
  }
}

export function relayer() {
  const { privateKey = generatePrivateKey() } = chain.accounts[0] ?? {}
  return createWalletClient({ account: privateKeyToAccount(privateKey), transport: http(chain.rpcUrl) })
}

export const publicClient = () => createPublicClient({ transport: http(chain.rpcUrl) })

export async function mined(sent: Promise<Hex>): Promise<Hex> {
  const hash = await sent
  expect((await chain.awaitReceipt(hash)).status).toBe('success')
  return hash
}

export function offerOf(scheme: Offer['scheme'], amount: bigint): Offer {
  const extra = { assetTransferMethod: 'permit2', facilitatorAddress: relayer().account.address }
  const entry = { scheme, network: BASE, amount: String(amount), asset: chain.usdc, payTo: PAYEE }
  const accepts = [{ ...entry, maxTimeoutSeconds: 300, extra }]
  const [offer] = parseChallenge({ x402Version: 2, accepts }, createRegistry()).offers
  if (!offer) throw new TypeError('no offer')
  return offer
}

/** A payer with a dollar and gas. */
export async function newPayer({
  approves = true,
  clock = systemClock
}: {
  approves?: boolean
  clock?: Clock
} = {}) {
  const key = generatePrivateKey()
  const account = privateKeyToAccount(key)
  await chain.mint(account.address, 1_000_000n)
  await chain.fundGas(account.address)
  const wallet = createWalletClient({ account, transport: http(chain.rpcUrl) })
  const approval = { address: chain.usdc, abi: erc20Abi, functionName: 'approve', chain: null } as const
  if (approves) await mined(wallet.writeContract({ ...approval, args: [PERMIT2, 2n ** 256n - 1n] }))
  const options = { account: key, rpcUrls: { [BASE]: chain.rpcUrl }, rpcTimeoutMs: 25_000, clock }
  const payer = createEvmPayer(options)
  const sign = async (offer: Offer, extensions?: JsonObject): Promise<SignedPayment> => {
    const terms = { dialect: x402V2, maxValiditySeconds: 300, extensions }
    return (await payer.prepare(offer, terms)).sign()
  }
  return { payer, sign, account, auditor: createEvmAuditor(options) }
}

export function partsOf({ payload }: SignedPayment) {
  const { signature, permit2Authorization: said } = payload as never as Wire
  const { from, permitted, nonce, deadline, witness, spender } = said
  const permit = {
    permitted: { token: permitted.token, amount: BigInt(permitted.amount) },
    nonce: BigInt(nonce),
    deadline: BigInt(deadline)
  }
  return { spender, signature, permit, from, witness: { ...witness, validAfter: BigInt(witness.validAfter) } }
}

export function settleExact(payment: SignedPayment): Promise<Hex> {
  const { spender: address, permit, from, witness, signature } = partsOf(payment)
  const args = [permit, from, witness, signature] as const
  return mined(relayer().writeContract({ address, abi, functionName: 'settle', args, chain: null }))
}

export function charge(payment: SignedPayment, amount: bigint): Promise<Hex> {
  const { spender: address, permit, from, witness, signature } = partsOf(payment)
  const args = [permit, amount, from, witness, signature] as const
  return mined(relayer().writeContract({ address, abi, functionName: 'settle', args, chain: null }))
}

/** As a seller may, who names a contract as the facilitator. */
export function chargeTogether(charges: readonly (readonly [SignedPayment, bigint])[]): Promise<Hex> {
  const calls = charges.map(([payment, amount]) => {
    const { spender: target, permit, from, witness, signature } = partsOf(payment)
    const args = [permit, amount, from, witness, signature] as const
    return {
      target,
      allowFailure: false,
      callData: encodeFunctionData({ abi, functionName: 'settle', args })
    }
  })
  const call = { address: MULTICALL3, abi: multicall3Abi, functionName: 'aggregate3', chain: null } as const
  return mined(relayer().writeContract({ ...call, args: [calls] }))
}
