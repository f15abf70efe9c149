import { setTimeout as sleep } from 'node:timers/promises'
import { type Address, encodeFunctionData, type Hex, keccak256, padHex, stringToHex, toHex } from 'viem'
import { rpc } from './json-rpc.js'
import { usdcAbi } from './usdc-abi.js'
import { linkedRuntime, readArtifact } from './usdc-artifacts.js'

/** Base's USDC. */
export const USDC: Address = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const IMPLEMENTATION: Address = '0x2Ce6311ddAE708829bc0784C967b7d77D19FD779'
const LIBRARY: Address = '0x00000000000000000000000000000000000051c0'
const PROXY_ADMIN: Address = '0x00000000000000000000000000000000000ad314'
const MAX_UINT256 = 2n ** 256n - 1n
/** It takes some tens of milliseconds. */
const INSTALL_LIMIT_MS = 10_000
const GAS = '0x4c4b40'

/**
 * Puts Circle's FiatTokenV2_2 behind its proxy at Base's address and initialises it as Base's is.
 *
 * @param admin an account that anvil signs for; becomes owner, minter, pauser and blacklister.
 */
export async function installUsdc(rpcUrl: string, admin: Address): Promise<void> {
  const runtime = linkedRuntime(readArtifact('v2/FiatTokenV2_2'), LIBRARY)
  const slot = (name: string): Hex => keccak256(stringToHex(`org.zeppelinos.proxy.${name}`))
  const call = encodeFunctionData<typeof usdcAbi>
  await rpc(rpcUrl, [
    ['anvil_setCode', [LIBRARY, readArtifact('util/SignatureChecker').deployedBytecode]],
    ['anvil_setCode', [IMPLEMENTATION, runtime]],
    ['anvil_setCode', [USDC, readArtifact('v1/FiatTokenProxy').deployedBytecode]],
    ['anvil_setStorageAt', [USDC, slot('implementation'), padHex(IMPLEMENTATION, { size: 32 })]],
    ['anvil_setStorageAt', [USDC, slot('admin'), padHex(PROXY_ADMIN, { size: 32 })]]
  ])
  const hashes: unknown[] = []
  // One by one: of a batch, which anvil takes side by side, one that overtakes another may wait for ever.
  for (const [index, data] of [
    call({
      abi: usdcAbi,
      functionName: 'initialize',
      args: ['USD Coin', 'USDC', 'USD', 6, admin, admin, admin, admin]
    }),
    call({ abi: usdcAbi, functionName: 'initializeV2', args: ['USD Coin'] }),
    call({ abi: usdcAbi, functionName: 'initializeV2_1', args: [IMPLEMENTATION] }),
    call({ abi: usdcAbi, functionName: 'initializeV2_2', args: [[], 'USDC'] }),
    call({ abi: usdcAbi, functionName: 'configureMinter', args: [admin, MAX_UINT256] })
  ].entries()) {
    const transaction = { from: admin, to: USDC, data, gas: GAS, nonce: toHex(index) }
    hashes.push(...(await rpc(rpcUrl, [['eth_sendTransaction', [transaction]]])))
  }
  await waitUntilMined(rpcUrl, hashes)
}

/** Taken is not mined: a token that is half initialised has no name yet. */
async function waitUntilMined(rpcUrl: string, hashes: readonly unknown[]): Promise<void> {
  for (let waitedMs = 0; waitedMs < INSTALL_LIMIT_MS; waitedMs += 10) {
    const receipts = await rpc(
      rpcUrl,
      hashes.map((hash) => ['eth_getTransactionReceipt', [hash]] as const)
    )
    if (receipts.every((receipt) => (receipt as { status?: string } | null)?.status === '0x1')) return
    await sleep(10)
  }
  throw new TypeError(`USDC could not be installed within ${INSTALL_LIMIT_MS} ms`)
}
