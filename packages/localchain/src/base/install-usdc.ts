import type { Address, Hex } from 'viem'
import type { AnvilClient } from './anvil-client.js'
import { linkedRuntime, readArtifact } from './usdc-artifacts.js'
import type { UsdcDeployment } from './usdc-deployment.js'
import { type UsdcSettings, usdcStorage } from './usdc-storage.js'

/** Where the code of the token stands, to which the proxy leads. */
export const USDC_IMPLEMENTATION: Address = '0x2Ce6311ddAE708829bc0784C967b7d77D19FD779'
const LIBRARY: Address = '0x00000000000000000000000000000000000051c0'
const PROXY_ADMIN: Address = '0x00000000000000000000000000000000000ad314'

/**
 * Puts Circle's FiatTokenV2_2 behind its proxy at the network's address, with the storage that Circle's own functions leave.
 * All of it is one request.
 *
 * @param settings.admin an account that anvil signs for. It becomes owner, minter, pauser and blacklister.
 */
export async function installUsdc(
  client: AnvilClient,
  usdc: UsdcDeployment,
  settings: Pick<UsdcSettings, 'admin' | 'chainId'>
): Promise<void> {
  const implementation = USDC_IMPLEMENTATION
  const slots = usdcStorage(usdc, { ...settings, implementation, proxyAdmin: PROXY_ADMIN })
  const putCode = (address: Address, code: Hex): Promise<void> =>
    client.request({ method: 'anvil_setCode', params: [address, code] })
  await Promise.all([
    putCode(LIBRARY, readArtifact('util/SignatureChecker').deployedBytecode),
    putCode(implementation, linkedRuntime(readArtifact('v2/FiatTokenV2_2'), LIBRARY)),
    putCode(usdc.address, readArtifact('v1/FiatTokenProxy').deployedBytecode),
    ...slots.map(([slot, value]) =>
      client.request({ method: 'anvil_setStorageAt', params: [usdc.address, slot, value] })
    )
  ])
}
