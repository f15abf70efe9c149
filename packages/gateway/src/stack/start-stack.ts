import {
  checkFunction,
  checkObject,
  checkOptions,
  checkUsdcAmount,
  formatUsdc,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  optionsOf,
  type RandomBytes,
  type RandomOptions,
  systemRandom
} from '@bursar/core'
import type { SolanaChain } from '@bursar/localchain/solana'
import { paymentsOf } from '../assertions/payments-of.js'
import { sumOf } from '../assertions/verdict.js'
import type { Gateway } from '../gateway.js'
import { ownChecks } from '../gateway-checks.js'
import type { GatewayOptions } from '../options.js'
import { startGateway } from '../start-gateway.js'
import { createStackTime, type StackState } from './snapshot-stack.js'
import type { Stack } from './stack.js'
import { createStackClock, type StackClock } from './stack-clock.js'
import { devKeys } from './stack-env.js'
import { createStackHome } from './stack-home.js'
import { equipWallets, fundWallets, type StackWallets, type WalletParts } from './stack-wallets.js'
import { type Chains, type ChainsOptions, startChains, stopAll } from './start-chains.js'

/** How a stack is started. */
export interface StackOptions extends ChainsOptions, RandomOptions {
  /**
   * The options of the gateway, beside its chains. Default: an account at Katana and at each relay.
   *
   * @example { gateway: { katana: { generationMs: 50 } } }
   */
  readonly gateway?: Omit<GatewayOptions, 'base' | 'solana'>
  /** Decimal USDC in each wallet. Default: `100`. @example { funds: '5' } */
  readonly funds?: string
}

/** A chain's own options are looked at where it is started. */
const checkChain: OptionCheck = (value, path) =>
  typeof value === 'boolean' ? undefined : checkObject(value, path)

const stackChecks: OptionChecks<StackOptions> = {
  base: checkChain,
  solana: checkChain,
  networks: oneOf('testnet'),
  gateway: optionsOf(ownChecks),
  funds: checkUsdcAmount,
  random: checkFunction
}

/**
 * Starts the whole local stack. Its accounts, keys and money are worth nothing elsewhere.
 *
 * @example
 * ```ts
 * await using stack = await startStack({ solana: false })
 * const bursar = createBursar({ ...stack.options, limits: { payment: '0.25' } })
 * await bursar.fetch(`${stack.gateway.url}/standard/v2/report`)
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `chain/unavailable` when a chain does not start; what has started by then is ended.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  checkOptions(options, stackChecks)
  const { funds = '100' } = options
  const chains = await startChains(options)
  try {
    return await openStack(chains, { ...options, funds })
  } catch (error) {
    await stopAll(Object.values(chains))
    throw error
  }
}

async function openStack(chains: Chains, options: StackOptions & { readonly funds: string }): Promise<Stack> {
  const { random = systemRandom, funds } = options
  const clock = createStackClock()
  const home = await createStackHome()
  const parts: WalletParts = { ...chains, clock, random, newHome: home.newFolder }
  const opening = [startStackGateway(chains, options, clock), fundWallets(parts, funds)] as const
  try {
    const [gateway, funded] = await Promise.all(opening)
    const wallets = await equipWallets(parts, funded, gateway.url)
    return await assemble({ chains, clock, home, parts, gateway, wallets })
  } catch (error) {
    const [gateway] = await Promise.allSettled(opening)
    if (gateway.status === 'fulfilled') await gateway.value.stop()
    await home.remove()
    throw error
  }
}

async function startStackGateway(
  { base, solana }: Chains,
  { gateway, random = systemRandom }: StackOptions,
  clock: StackClock
): Promise<Gateway> {
  return startGateway({
    katana: { accounts: [devKeys.katana] },
    relays: { accounts: [{ key: devKeys.relay }, { key: devKeys.tokenhub }] },
    random,
    clock,
    ...gateway,
    ...(base ? { base } : {}),
    ...(solana ? { solana: { ...solana, payeeKey: await createPayee(solana, random) } } : {})
  })
}

async function createPayee(solana: SolanaChain, random: RandomBytes): Promise<Uint8Array> {
  const { createSolanaPayee } = await import('./solana-wallet.js')
  return createSolanaPayee(solana, random)
}

/** Everything that has started. */
interface StackParts extends StackState {
  readonly parts: WalletParts
  readonly wallets: StackWallets
}

async function assemble({ wallets, parts, ...state }: StackParts): Promise<Stack> {
  const { chains, gateway, home } = state
  const time = createStackTime(state)
  const reset = await time.snapshot('reset')
  const stop = async (): Promise<void> => {
    time.stop()
    await stopAll([gateway, ...Object.values(chains)])
    await home.remove()
  }
  return {
    ...chains,
    gateway,
    wallets,
    options: wallets.options,
    env: wallets.env,
    newWallet: async (funds = '5') => {
      time.assertRunning('newWallet')
      return equipWallets(parts, await fundWallets(parts, funds), gateway.url)
    },
    spentBy: async (spender = wallets) => {
      time.assertRunning('spentBy')
      return formatUsdc(sumOf(await paymentsOf(spender)))
    },
    travel: time.travel,
    snapshot: () => time.snapshot(),
    reset,
    stop,
    [Symbol.asyncDispose]: stop
  }
}
