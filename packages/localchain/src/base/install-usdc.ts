import { type Address, encodeFunctionData, type Hex, keccak256, padHex, stringToHex, toHex } from 'viem'
import type { AnvilClient } from './anvil-client.js'
import { assertMined } from './await-receipt.js'
import { usdcAbi } from './usdc-abi.js'
import { linkedRuntime, readArtifact } from './usdc-artifacts.js'
import type { UsdcDeployment } from './usdc-deployment.js'

const IMPLEMENTATION: Address = '0x2Ce6311ddAE708829bc0784C967b7d77D19FD779'
const LIBRARY: Address = '0x00000000000000000000000000000000000051c0'
const PROXY_ADMIN: Address = '0x00000000000000000000000000000000000ad314'
const MAX_UINT256 = 2n ** 256n - 1n
const GAS = '0x4c4b40'

/**
 * Puts Circle's FiatTokenV2_2 behind its proxy at the network's address, and initialises it as Circle did.
 *
 * @param admin an account that anvil signs for. It becomes owner, minter, pauser and blacklister.
 */
export async function installUsdc(client: AnvilClient, usdc: UsdcDeployment, admin: Address): Promise<void> {
  await putCode(client, usdc.address)
  const hashes: Hex[] = []
  // One at a time: anvil runs the calls of a batch at once, and a transaction that overtakes another can wait for ever.
  for (const [nonce, data] of initialisation(usdc, admin).entries()) {
    const transaction = { from: admin, to: usdc.address, data, gas: GAS, nonce: toHex(nonce) } as const
    hashes.push(await client.request({ method: 'eth_sendTransaction', params: [transaction] }))
  }
  await Promise.all(hashes.map((hash) => assertMined(client, hash)))
}

async function putCode(client: AnvilClient, proxy: Address): Promise<void> {
  const setCode = (address: Address, code: Hex): Promise<void> =>
    client.request({ method: 'anvil_setCode', params: [address, code] })
  const setSlot = (name: string, value: Address): Promise<void> =>
    client.request({
      method: 'anvil_setStorageAt',
      params: [proxy, keccak256(stringToHex(`org.zeppelinos.proxy.${name}`)), padHex(value, { size: 32 })]
    })
  await Promise.all([
    setCode(LIBRARY, readArtifact('util/SignatureChecker').deployedBytecode),
    setCode(IMPLEMENTATION, linkedRuntime(readArtifact('v2/FiatTokenV2_2'), LIBRARY)),
    setCode(proxy, readArtifact('v1/FiatTokenProxy').deployedBytecode),
    setSlot('implementation', IMPLEMENTATION),
    setSlot('admin', PROXY_ADMIN)
  ])
}

/** The calls that initialise the token, in order. */
function initialisation({ name }: UsdcDeployment, admin: Address): readonly Hex[] {
  const abi = usdcAbi
  const args = [name, 'USDC', 'USD', 6, admin, admin, admin, admin] as const
  return [
    encodeFunctionData({ abi, functionName: 'initialize', args }),
    encodeFunctionData({ abi, functionName: 'initializeV2', args: [name] }),
    encodeFunctionData({ abi, functionName: 'initializeV2_1', args: [IMPLEMENTATION] }),
    encodeFunctionData({ abi, functionName: 'initializeV2_2', args: [[], 'USDC'] }),
    encodeFunctionData({ abi, functionName: 'configureMinter', args: [admin, MAX_UINT256] })
  ]
}
