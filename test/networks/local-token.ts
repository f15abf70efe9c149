import type { BaseChain } from '@bursar/localchain'
import {
  type Address,
  createTestClient,
  encodeFunctionData,
  type Hex,
  http,
  keccak256,
  padHex,
  parseAbi,
  publicActions,
  stringToHex,
  walletActions
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** A token as a row of the table of networks has it. */
export interface LocalToken {
  readonly address: Address
  /** Its own name, which is also that of its EIP-712 domain. */
  readonly name: string
  /** Of its EIP-712 domain. */
  readonly version: '1' | '2'
  readonly symbol: string
  readonly decimals: number
}

const abi = parseAbi([
  'function initialize(string, string, string, uint8, address, address, address, address)',
  'function initializeV2(string)',
  'function initializeV2_1(address)',
  'function initializeV2_2(address[], string)',
  'function configureMinter(address, uint256)',
  'function mint(address, uint256)'
])
const slotOf = (name: string) => keccak256(stringToHex(`org.zeppelinos.proxy.${name}`))
const IMPLEMENTATION = `0x${'ab'.repeat(20)}` as const
const PROXY_ADMIN = `0x${'ad'.repeat(20)}` as const
const LOST_AND_FOUND = `0x${'51'.repeat(20)}` as const
/** `PUSH32 "2"`: where Circle's contract has the version of its domain. */
const versionPush = /7f32(?=0{62})/g

/**
 * Puts Circle's token, of which the chain has one, at an address of a table's row, with that row's name, version and decimals.
 *
 * @returns mints it.
 */
export async function installToken(
  chain: BaseChain,
  { address, name, version, symbol, decimals }: LocalToken
): Promise<(to: Address, amountAtomic: bigint) => Promise<void>> {
  const [, admin] = chain.accounts
  if (!admin) throw new TypeError('anvil has no accounts')
  const account = privateKeyToAccount(admin.privateKey)
  const client = createTestClient({
    account,
    mode: 'anvil',
    transport: http(chain.rpcUrl)
  })
    .extend(walletActions)
    .extend(publicActions)
  const codeAt = async (at: Address): Promise<Hex> => (await client.getCode({ address: at })) ?? '0x'
  const slot = await client.getStorageAt({ address: chain.usdc, slot: slotOf('implementation') })
  const code = await codeAt(`0x${slot?.slice(-40)}`)
  await client.setCode({
    address: IMPLEMENTATION,
    bytecode: version === '1' ? `0x${code.slice(2).replace(versionPush, '7f31')}` : code
  })
  await client.setCode({ address, bytecode: await codeAt(chain.usdc) })
  // Its admin may not call it, which is what calls without a sender come from where there is none.
  for (const [name, value] of [
    ['implementation', IMPLEMENTATION],
    ['admin', PROXY_ADMIN]
  ] as const)
    await client.setStorageAt({ address, index: slotOf(name), value: padHex(value, { size: 32 }) })
  const send = async (data: Hex): Promise<void> => {
    const hash = await client.sendTransaction({ to: address, data, chain: null })
    await chain.awaitReceipt(hash)
  }
  const { address: owner } = account
  const args = [name, symbol, 'USD', decimals, owner, owner, owner, owner] as const
  await send(encodeFunctionData({ abi, functionName: 'initialize', args }))
  await send(encodeFunctionData({ abi, functionName: 'initializeV2', args: [name] }))
  await send(encodeFunctionData({ abi, functionName: 'initializeV2_1', args: [LOST_AND_FOUND] }))
  await send(encodeFunctionData({ abi, functionName: 'initializeV2_2', args: [[], symbol] }))
  await send(encodeFunctionData({ abi, functionName: 'configureMinter', args: [owner, 2n ** 256n - 1n] }))
  return (to, amount) => send(encodeFunctionData({ abi, functionName: 'mint', args: [to, amount] }))
}
