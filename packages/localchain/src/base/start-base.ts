import { checkHttpUrl, checkObject, checkOptions, type OptionChecks, wholeNumberFrom } from '@bursar/core'
import { BaseError } from 'viem'
import { chainUnavailable } from '../chain-unavailable.js'
import { adoptUsdc } from './adopt-usdc.js'
import { createAnvilClient } from './anvil-client.js'
import { startAnvil } from './anvil-process.js'
import type { BaseChain } from './base-chain.js'
import { usdcAdmin } from './dev-accounts.js'
import { installContracts } from './install-contracts.js'
import { installUsdc } from './install-usdc.js'
import { localBase } from './local-base.js'
import { usdcOf } from './usdc-deployment.js'

/** How the chain is started. */
export interface BaseChainOptions {
  /** The port of the RPC endpoint. Default: any free port. @example { port: 8545 } */
  readonly port?: number
  /**
   * The id of the chain: 8453 is Base, 84532 is Base Sepolia, each with its USDC. Default: 8453.
   *
   * @example { chainId: 84532 }
   */
  readonly chainId?: number
  /**
   * Seconds between blocks. Default: a block for every transaction.
   *
   * @example { blockTimeSeconds: 2 }
   */
  readonly blockTimeSeconds?: number
  /**
   * An RPC endpoint of the network: the chain then starts as a fork of it, with its USDC. Default: an empty chain.
   *
   * @example { forkUrl: 'https://mainnet.base.org' }
   */
  readonly forkUrl?: string
  /**
   * Ends the start. Default: it goes on until the chain runs or has failed.
   *
   * @example { signal: AbortSignal.timeout(30_000) }
   */
  readonly signal?: AbortSignal
}

const baseChainChecks: OptionChecks<BaseChainOptions> = {
  port: wholeNumberFrom(0, 65_535),
  chainId: wholeNumberFrom(1, Number.MAX_SAFE_INTEGER),
  blockTimeSeconds: wholeNumberFrom(1, 86_400),
  forkUrl: checkHttpUrl,
  signal: checkObject
}

/**
 * Starts a local Base: anvil with Circle's FiatTokenV2_2 at the network's address, and with Permit2, x402's proxies for it
 * and Multicall3 at theirs.
 *
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `chain/unavailable` when anvil is missing or does not start.
 */
export async function startBase(options: BaseChainOptions = {}): Promise<BaseChain> {
  checkOptions(options, baseChainChecks)
  const { port = 0, chainId = 8453, blockTimeSeconds, forkUrl, signal } = options
  const fork = forkUrl === undefined ? [] : ['--fork-url', forkUrl]
  const anvil = await startAnvil(['--port', String(port), '--chain-id', String(chainId), ...fork], signal)
  const client = createAnvilClient(anvil.rpcUrl)
  const usdc = usdcOf(chainId)
  const admin = usdcAdmin.address
  try {
    if (forkUrl === undefined) {
      await Promise.all([installContracts(client), installUsdc(client, usdc, { admin, chainId })])
    } else await adoptUsdc(client, usdc.address, admin)
    if (blockTimeSeconds !== undefined)
      await client.request({ method: 'evm_setIntervalMining', params: [blockTimeSeconds] })
  } catch (error) {
    await anvil.stop()
    // viem's own message has every byte of the contracts that were to be installed.
    throw error instanceof BaseError ? chainUnavailable('base', error.shortMessage) : error
  }
  return localBase({ anvil, client, chainId, usdc: usdc.address })
}
