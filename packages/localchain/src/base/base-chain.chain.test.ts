import {
  type Address,
  createPublicClient,
  createWalletClient,
  encodeAbiParameters,
  type Hex,
  http,
  keccak256,
  parseAbi,
  parseAbiParameters,
  parseSignature,
  toHex
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BaseChain, startBase } from '../index.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

const PAYEE = '0x00000000000000000000000000000000000b0b05'
const abi = parseAbi([
  'function name() view returns (string)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
  'function version() view returns (string)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
  'function transferWithAuthorization(address, address, uint256, uint256, uint256, bytes32, bytes)',
  'function transferWithAuthorization(address, address, uint256, uint256, uint256, bytes32, uint8, bytes32, bytes32)'
])

/** @see EIP-712 */
function domainSeparator(domain: {
  readonly name: string
  readonly chainId: bigint
  readonly verifyingContract: Address
}): Hex {
  const type = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'
  const words = encodeAbiParameters(parseAbiParameters('bytes32, bytes32, bytes32, uint256, address'), [
    keccak256(toHex(type)),
    keccak256(toHex(domain.name)),
    keccak256(toHex('2')),
    domain.chainId,
    domain.verifyingContract
  ])
  return keccak256(words)
}

async function newPayer() {
  const account = privateKeyToAccount(generatePrivateKey())
  await chain.mint(account.address, 1_000_000n)
  return account
}

interface Authorized {
  readonly args: readonly [`0x${string}`, `0x${string}`, bigint, bigint, bigint, `0x${string}`]
  readonly signature: `0x${string}`
}

async function authorize(
  account: Awaited<ReturnType<typeof newPayer>>,
  change: { value?: bigint; validAfter?: bigint; validBefore?: bigint } = {}
): Promise<Authorized> {
  const { value = 1_000n, validAfter = 0n, validBefore = 2n ** 40n } = change
  const nonce = toHex(crypto.getRandomValues(new Uint8Array(32)))
  const signature = await account.signTypedData({
    domain: { name: 'USD Coin', version: '2', chainId: chain.chainId, verifyingContract: chain.usdc },
    types: {
      TransferWithAuthorization: [
        { name: 'from', type: 'address' },
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'validAfter', type: 'uint256' },
        { name: 'validBefore', type: 'uint256' },
        { name: 'nonce', type: 'bytes32' }
      ]
    },
    primaryType: 'TransferWithAuthorization',
    message: { from: account.address, to: PAYEE, value, validAfter, validBefore, nonce }
  })
  return { args: [account.address, PAYEE, value, validAfter, validBefore, nonce], signature }
}

async function settle({ args, signature }: Authorized, split = false): Promise<`0x${string}`> {
  const [relayer] = chain.accounts
  if (!relayer) throw new TypeError('anvil has no accounts')
  const wallet = createWalletClient({
    account: privateKeyToAccount(relayer.privateKey),
    transport: http(chain.rpcUrl)
  })
  const { r, s, v = 27n } = parseSignature(signature)
  const common = { address: chain.usdc, abi, functionName: 'transferWithAuthorization', chain: null } as const
  const hash = split
    ? await wallet.writeContract({ ...common, args: [...args, Number(v), r, s] })
    : await wallet.writeContract({ ...common, args: [...args, signature] })
  await chain.awaitReceipt(hash)
  return hash
}

describe("the token at Base's address", () => {
  it("is Circle's: its name, decimals, version and the domain that real Base has", async () => {
    const client = createPublicClient({ transport: http(chain.rpcUrl) })
    const read = (functionName: 'name' | 'symbol' | 'decimals' | 'version' | 'DOMAIN_SEPARATOR') =>
      client.readContract({ address: chain.usdc, abi, functionName })
    expect([await read('name'), await read('symbol'), await read('decimals'), await read('version')]).toEqual(
      ['USD Coin', 'USDC', 6, '2']
    )
    const domain = { name: 'USD Coin', chainId: 8453n, verifyingContract: chain.usdc }
    expect(await read('DOMAIN_SEPARATOR')).toBe(domainSeparator(domain))
  })

  it('settles authorizations by both overloads, and lists them', async () => {
    const account = await newPayer()
    const authorizations = [await authorize(account), await authorize(account)] as const
    const hashes = [await settle(authorizations[0]), await settle(authorizations[1], true)]
    expect(await chain.balanceOf(account.address)).toBe(998_000n)
    expect(
      (await chain.authorizationsUsed(account.address)).map(({ transaction, nonce, amountAtomic }) => [
        transaction,
        nonce,
        amountAtomic
      ])
    ).toEqual(hashes.map((hash, index) => [hash, authorizations[index]?.args[5], 1_000n]))
    expect(await chain.authorizationState(account.address, authorizations[0].args[5])).toBe(true)
  })

  it("rejects in Circle's own words", async () => {
    const account = await newPayer()
    const used = await authorize(account)
    await settle(used)
    await expect(settle(used)).rejects.toThrow('FiatTokenV2: authorization is used or canceled')
    await expect(settle(await authorize(account, { validBefore: 1n }))).rejects.toThrow(
      'authorization is expired'
    )
    await expect(settle(await authorize(account, { validAfter: 2n ** 39n }))).rejects.toThrow(
      'authorization is not yet valid'
    )
    await expect(settle(await authorize(account, { value: 2n ** 60n }))).rejects.toThrow(
      'transfer amount exceeds balance'
    )
    const { args, signature } = await authorize(account)
    const dearer: Authorized = { args: [args[0], args[1], 2_000n, args[3], args[4], args[5]], signature }
    await expect(settle(dearer)).rejects.toThrow('invalid signature')
  })

  it("obeys Circle's switches", async () => {
    const account = await newPayer()
    await chain.pause()
    await expect(settle(await authorize(account))).rejects.toThrow('Pausable: paused')
    await chain.unpause()
    await chain.blacklist(account.address)
    await expect(settle(await authorize(account))).rejects.toThrow('Blacklistable: account is blacklisted')
  })
})

describe('the chain', () => {
  it('mints to many at once', async () => {
    const accounts = await Promise.all(Array.from({ length: 10 }, newPayer))
    for (const { address } of accounts) expect(await chain.balanceOf(address)).toBe(1_000_000n)
  })

  it('gives gas, and moves its clock', async () => {
    const { address } = await newPayer()
    await chain.fundGas(address, 5n)
    expect(await createPublicClient({ transport: http(chain.rpcUrl) }).getBalance({ address })).toBe(5n)
    const before = await chain.nowSeconds()
    await chain.increaseTime(3_600)
    expect((await chain.nowSeconds()) - before).toBeGreaterThanOrEqual(3_600)
  })

  it('P73: restores a snapshot, its time included, as often as it is asked to', async () => {
    const restore = await chain.snapshot()
    const { address } = await newPayer()
    const before = await chain.nowSeconds()
    for (let round = 0; round < 2; round++) {
      await chain.increaseTime(4_000)
      await chain.mint(address, 7n)
      await restore()
      expect(await chain.balanceOf(address)).toBe(0n)
      expect(await chain.nowSeconds()).toBeLessThan(before + 4_000)
    }
    await chain.mint(address, 9n)
    expect(await chain.balanceOf(address)).toBe(9n)
  })

  it('stops once and for all, and can be stopped again', async () => {
    const other = await startBase()
    await other.stop()
    await other.stop()
    await expect(fetch(other.rpcUrl, { method: 'POST', body: '{}' })).rejects.toThrow()
  })

  it('does not start when it is aborted', async () => {
    await expect(startBase({ signal: AbortSignal.abort(new TypeError('not now')) })).rejects.toThrow(
      'not now'
    )
  })
})

describe('Base Sepolia', () => {
  it('P48, X99: has the address and the domain of the USDC there', async () => {
    await using sepolia = await startBase({ chainId: 84_532 })
    const client = createPublicClient({ transport: http(sepolia.rpcUrl) })
    const token = { address: sepolia.usdc, abi } as const
    expect(sepolia.usdc).toBe('0x036CbD53842c5426634e7929541eC2318f3dCF7e')
    expect(await client.readContract({ ...token, functionName: 'name' })).toBe('USDC')
    expect(await client.readContract({ ...token, functionName: 'DOMAIN_SEPARATOR' })).toBe(
      domainSeparator({ name: 'USDC', chainId: 84_532n, verifyingContract: sepolia.usdc })
    )
    await sepolia.mint(PAYEE, 5n)
    expect(await sepolia.balanceOf(PAYEE)).toBe(5n)
  })
})
