import type { BaseChain } from '@bursar/localchain'
import type { TypedDataSigner, WalletTypedData } from 'bursar'
import {
  type Address,
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  hashTypedData,
  keccak256,
  parseAbi,
  parseAbiParameters,
  parseEventLogs,
  serializeErc6492Signature,
  zeroAddress,
  zeroHash
} from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { artifacts, deploy, deployer, setCode, walletFactory } from './artifacts.js'

/** The hash that a wallet's contract is asked about. */
function hashOf(data: WalletTypedData): Hex {
  return hashTypedData({ ...data, types: { ...data.types } } as Parameters<typeof hashTypedData>[0])
}

export const newKey = (): PrivateKeyAccount => privateKeyToAccount(generatePrivateKey())

const safeFactoryAbi = parseAbi([
  'function createProxyWithNonce(address singleton, bytes initializer, uint256 saltNonce) returns (address)',
  'event ProxyCreation(address indexed proxy, address singleton)'
])

/** A Safe that needs a signature of each of its owners. */
export async function createSafe(
  chain: BaseChain,
  owners: readonly PrivateKeyAccount[]
): Promise<TypedDataSigner> {
  const singleton = await deploy(chain, artifacts.safe())
  const factory = await deploy(chain, artifacts.safeFactory())
  const handler = await deploy(chain, artifacts.safeHandler())
  const inOrder = owners.toSorted((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1))
  const setup = encodeFunctionData({
    abi: artifacts.safe().abi,
    functionName: 'setup',
    args: [
      inOrder.map(({ address }) => address),
      BigInt(owners.length),
      zeroAddress,
      '0x',
      handler,
      zeroAddress,
      0n,
      zeroAddress
    ]
  })
  const client = deployer(chain)
  const hash = await client.writeContract({
    chain: null,
    address: factory,
    abi: safeFactoryAbi,
    functionName: 'createProxyWithNonce',
    args: [singleton, setup, 0n]
  })
  const { logs } = await chain.awaitReceipt(hash)
  const [created] = parseEventLogs({ abi: safeFactoryAbi, logs })
  if (!created) throw new TypeError('The factory made no Safe')
  const { proxy } = created.args
  return {
    address: getAddress(proxy),
    async signTypedData(data) {
      const message = {
        domain: { chainId: chain.chainId, verifyingContract: proxy },
        types: { SafeMessage: [{ name: 'message', type: 'bytes' }] },
        primaryType: 'SafeMessage',
        message: { message: hashOf(data) }
      } as const
      return concatHex(await Promise.all(inOrder.map((owner) => owner.signTypedData(message))))
    }
  }
}

/** Circle's own wallet for tests: it takes its owner's signature of the very hash. */
export async function createMock1271(
  chain: BaseChain,
  { owner, signer = owner }: { readonly owner: PrivateKeyAccount; readonly signer?: PrivateKeyAccount }
): Promise<TypedDataSigner> {
  return {
    address: await deploy(chain, artifacts.mock1271(), [owner.address]),
    signTypedData: (data) => signer.sign({ hash: hashOf(data) })
  }
}

/** Has a key delegate its address to a contract. @see EIP-7702 */
export async function delegate(chain: BaseChain, address: Address, to: Address): Promise<void> {
  await setCode(chain, address, concatHex(['0xef0100', to]))
}

const FACTORY: Address = '0x00000000000000000000000000000000005a11e7'

/** A wallet of our own, which signs before it is deployed. */
export interface SmallWallet extends TypedDataSigner {
  readonly factory: Address
  deploy(): Promise<void>
}

/**
 * Creates the wallet, and does not deploy it. Its signatures tell how to.
 *
 * @param isWrapped whether they do. Default: `true`.
 */
export async function createSmallWallet(chain: BaseChain, isWrapped = true): Promise<SmallWallet> {
  await setCode(chain, FACTORY, walletFactory.runtime)
  const owner = newKey()
  const client = deployer(chain)
  const { abi } = walletFactory
  const args = [owner.address, zeroHash] as const
  const address = await client.readContract({ address: FACTORY, abi, functionName: 'addressOf', args })
  const wrap = (signature: Hex): Hex =>
    serializeErc6492Signature({
      address: FACTORY,
      data: encodeFunctionData({ abi, functionName: 'deploy', args }),
      signature
    })
  return {
    address,
    factory: FACTORY,
    async signTypedData(data) {
      const parameters = parseAbiParameters('bytes32, address, uint256')
      const bound = encodeAbiParameters(parameters, [hashOf(data), address, BigInt(chain.chainId)])
      const signature = await owner.sign({ hash: keccak256(bound) })
      return isWrapped ? wrap(signature) : signature
    },
    async deploy() {
      const hash = await client.writeContract({
        chain: null,
        address: FACTORY,
        abi,
        functionName: 'deploy',
        args
      })
      await chain.awaitReceipt(hash)
    }
  }
}
