import { type Address, createPublicClient, encodeFunctionData, type Hex, http, parseEther, toHex } from 'viem'
import { adoptUsdc } from './adopt-usdc.js'
import { startAnvil } from './anvil-process.js'
import { type DevAccount, devAccounts, usdcAdmin } from './dev-accounts.js'
import { installUsdc, USDC } from './install-usdc.js'
import { rpc } from './json-rpc.js'
import { usdcAbi } from './usdc-abi.js'

/** How the chain is started. */
export interface BaseChainOptions {
  /** Default: any free port. */
  readonly port?: number
  /** Default 8453, Base's own. */
  readonly chainId?: number
  /** Seconds between blocks. Default: a block for every transaction. */
  readonly blockTimeSeconds?: number
  /** An RPC endpoint of Base. The chain then begins as that one stands, with the USDC that is there; without, empty. */
  readonly forkUrl?: string
  readonly signal?: AbortSignal
}

/** An EIP-3009 authorization that the chain has settled. */
export interface UsedAuthorization {
  readonly authorizer: Address
  readonly nonce: Hex
  readonly transaction: Hex
  readonly to: Address
  readonly amountAtomic: bigint
}

/** A running local Base with Circle's USDC. Amounts: `1_000_000n = 1 USDC`. */
export interface BaseChain extends AsyncDisposable {
  readonly rpcUrl: string
  readonly chainId: number
  readonly usdc: Address
  /** Development accounts with 10,000 ETH each. The last administers USDC. */
  readonly accounts: readonly DevAccount[]
  mint(to: Address, amountAtomic: bigint): Promise<void>
  balanceOf(address: Address): Promise<bigint>
  /** Gives ETH. Default 1 ETH. */
  fundGas(address: Address, wei?: bigint): Promise<void>
  authorizationState(authorizer: Address, nonce: Hex): Promise<boolean>
  /** What has settled, from the chain's own logs. */
  authorizationsUsed(authorizer?: Address): Promise<readonly UsedAuthorization[]>
  /** Timestamp of the latest block. */
  nowSeconds(): Promise<number>
  /** Moves the chain's clock on and mines a block. */
  increaseTime(seconds: number): Promise<void>
  /** Circle's own switches. */
  blacklist(address: Address): Promise<void>
  pause(): Promise<void>
  unpause(): Promise<void>
  /** Ends the chain and waits until it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a local Base: anvil with Circle's FiatTokenV2_2 at Base's address.
 *
 * @throws {TypeError} when anvil is missing or does not start.
 */
export async function startBase(options: BaseChainOptions = {}): Promise<BaseChain> {
  const { port = 0, chainId = 8453, blockTimeSeconds, forkUrl, signal } = options
  const fork = forkUrl === undefined ? [] : ['--fork-url', forkUrl]
  const anvil = await startAnvil(['--port', String(port), '--chain-id', String(chainId), ...fork], signal)
  const { rpcUrl } = anvil
  const admin = usdcAdmin.address
  try {
    await (forkUrl === undefined ? installUsdc(rpcUrl, admin) : adoptUsdc(rpcUrl, admin))
    if (blockTimeSeconds !== undefined) await rpc(rpcUrl, [['evm_setIntervalMining', [blockTimeSeconds]]])
  } catch (error) {
    await anvil.stop()
    throw error
  }
  const client = createPublicClient({ transport: http(rpcUrl), pollingInterval: 50, cacheTime: 0 })
  // One after another: anvil gives two at once the same nonce.
  let last: Promise<unknown> = Promise.resolve()
  const administer = (data: Hex): Promise<void> => {
    const done = last.then(async () => {
      const [hash] = await rpc(rpcUrl, [['eth_sendTransaction', [{ from: admin, to: USDC, data }]]])
      const { status } = await client.waitForTransactionReceipt({ hash: hash as Hex })
      if (status !== 'success') throw new TypeError(`USDC refused it: ${hash}`)
    })
    last = done.catch(() => {})
    return done
  }
  const read = { address: USDC, abi: usdcAbi } as const
  return {
    rpcUrl,
    chainId,
    usdc: USDC,
    accounts: devAccounts,
    mint: (to, amount) =>
      administer(encodeFunctionData({ abi: usdcAbi, functionName: 'mint', args: [to, amount] })),
    balanceOf: (address) => client.readContract({ ...read, functionName: 'balanceOf', args: [address] }),
    async fundGas(address, wei = parseEther('1')) {
      const balance = await client.getBalance({ address })
      await rpc(rpcUrl, [['anvil_setBalance', [address, toHex(balance + wei)]]])
    },
    authorizationState: (authorizer, nonce) =>
      client.readContract({ ...read, functionName: 'authorizationState', args: [authorizer, nonce] }),
    authorizationsUsed: (authorizer) => readUsed(client, authorizer),
    nowSeconds: async () => Number((await client.getBlock()).timestamp),
    increaseTime: async (seconds) =>
      void (await rpc(rpcUrl, [['evm_increaseTime', [seconds]], ['evm_mine']])),
    blacklist: (address) =>
      administer(encodeFunctionData({ abi: usdcAbi, functionName: 'blacklist', args: [address] })),
    pause: () => administer(encodeFunctionData({ abi: usdcAbi, functionName: 'pause' })),
    unpause: () => administer(encodeFunctionData({ abi: usdcAbi, functionName: 'unpause' })),
    stop: anvil.stop,
    [Symbol.asyncDispose]: anvil.stop
  }
}

type Client = ReturnType<typeof createPublicClient>

async function readUsed(client: Client, authorizer: Address | undefined): Promise<UsedAuthorization[]> {
  const range = { address: USDC, fromBlock: 0n, toBlock: 'latest' } as const
  const used = await client.getContractEvents({
    ...range,
    abi: usdcAbi,
    eventName: 'AuthorizationUsed',
    ...(authorizer ? { args: { authorizer } } : {})
  })
  const transfers = await client.getContractEvents({ ...range, abi: usdcAbi, eventName: 'Transfer' })
  // FiatToken emits AuthorizationUsed right before the Transfer that it authorizes.
  const following = new Map(transfers.map((log) => [`${log.transactionHash}/${log.logIndex}`, log.args]))
  return used.flatMap(({ args, transactionHash, logIndex }) => {
    const transfer = following.get(`${transactionHash}/${logIndex + 1}`)
    if (!args.authorizer || !args.nonce || !transfer?.to || transfer.value === undefined) return []
    return [
      {
        authorizer: args.authorizer,
        nonce: args.nonce,
        transaction: transactionHash,
        to: transfer.to,
        amountAtomic: transfer.value
      }
    ]
  })
}
