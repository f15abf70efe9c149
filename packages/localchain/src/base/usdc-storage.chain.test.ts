import { gunzipSync } from 'node:zlib'
import { type Address, encodeFunctionData, type Hex, hexToBytes, parseAbi, toHex } from 'viem'
import { expect, it, onTestFinished } from 'vitest'
import { type AnvilClient, createAnvilClient } from './anvil-client.js'
import { startAnvil } from './anvil-process.js'
import { assertMined } from './await-receipt.js'
import { usdcAdmin } from './dev-accounts.js'
import { installUsdc, USDC_IMPLEMENTATION } from './install-usdc.js'
import { startBase } from './start-base.js'
import { usdcAbi } from './usdc-abi.js'
import { usdcOf } from './usdc-deployment.js'
import { usdcStorage } from './usdc-storage.js'

const ZERO: Hex = `0x${'0'.repeat(64)}`
const admin = usdcAdmin.address
const abi = parseAbi([
  'function initialize(string, string, string, uint8, address, address, address, address)',
  'function initializeV2(string)',
  'function initializeV2_1(address)',
  'function initializeV2_2(address[], string)'
])

/** The calls by which Circle initialises the token, in order. */
function initialisation(name: string): readonly Hex[] {
  const args = [name, 'USDC', 'USD', 6, admin, admin, admin, admin] as const
  return [
    encodeFunctionData({ abi, functionName: 'initialize', args }),
    encodeFunctionData({ abi, functionName: 'initializeV2', args: [name] }),
    encodeFunctionData({ abi, functionName: 'initializeV2_1', args: [USDC_IMPLEMENTATION] }),
    encodeFunctionData({ abi, functionName: 'initializeV2_2', args: [[], 'USDC'] }),
    encodeFunctionData({ abi: usdcAbi, functionName: 'configureMinter', args: [admin, 2n ** 256n - 1n] })
  ]
}

/** What is not zero in a contract's storage. */
async function storageOf(client: AnvilClient, contract: Address): Promise<Readonly<Record<Hex, Hex>>> {
  const dump = await client.request({ method: 'anvil_dumpState' })
  const state: { accounts: Record<Address, { storage: Record<Hex, Hex> }> } = JSON.parse(
    gunzipSync(hexToBytes(dump)).toString()
  )
  const [, account] =
    Object.entries(state.accounts).find(([each]) => each.toLowerCase() === contract.toLowerCase()) ?? []
  return Object.fromEntries(Object.entries(account?.storage ?? {}).filter(([, value]) => value !== ZERO))
}

it.each([8453, 84_532, 1337])(
  'P86: USDC on chain %i has the storage that Circle’s own functions leave',
  async (chainId) => {
    await using ours = await startBase({ chainId })
    const usdc = usdcOf(chainId)
    const anvil = await startAnvil(['--port', '0', '--chain-id', String(chainId)])
    onTestFinished(anvil.stop)
    const client = createAnvilClient(anvil.rpcUrl)
    await installUsdc(client, usdc, { admin, chainId })
    const settings = { admin, chainId, implementation: USDC_IMPLEMENTATION, proxyAdmin: usdc.address }
    const own = usdcStorage(usdc, settings).slice(0, -2)
    for (const [slot] of own)
      await client.request({ method: 'anvil_setStorageAt', params: [usdc.address, slot, ZERO] })
    for (const [nonce, data] of initialisation(usdc.name).entries()) {
      const transaction = {
        from: admin,
        to: usdc.address,
        data,
        gas: '0x4c4b40',
        nonce: toHex(nonce)
      } as const
      const hash = await client.request({ method: 'eth_sendTransaction', params: [transaction] })
      await assertMined(client, hash)
    }
    const circles = await storageOf(client, usdc.address)
    expect(Object.keys(circles).length).toBeGreaterThan(10)
    expect(await storageOf(createAnvilClient(ours.rpcUrl), usdc.address)).toEqual(circles)
  }
)
