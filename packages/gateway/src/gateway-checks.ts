import {
  checkClock,
  checkFunction,
  checkHttpUrl,
  checkNetworkId,
  checkObject,
  checkOptions,
  checkText,
  listOf,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  optionsOf,
  unchecked,
  wholeNumberFrom
} from '@bursar/core'
import { katanaChecks } from './katana/katana-checks.js'
import type { BaseConnection, GatewayOptions, SolanaConnection } from './options.js'
import { relaysChecks } from './relays/relays-checks.js'

const baseChecks: OptionChecks<BaseConnection> = {
  rpcUrl: checkHttpUrl,
  usdc: checkText,
  payTo: checkText,
  relayerKey: checkText,
  fundGas: checkFunction,
  accounts: listOf(checkObject)
}

const solanaChecks: OptionChecks<SolanaConnection> = {
  rpcUrl: checkHttpUrl,
  network: checkNetworkId,
  usdc: checkText,
  payeeKey: checkObject,
  feePayerKey: checkObject,
  fundSol: checkFunction,
  tokenAccount: oneOf('created', 'missing')
}

/** A chain of `@bursar/localchain` is a connection and more: it can be stopped. What is written by hand is closed. */
function connectionOf<Connection>(checks: OptionChecks<Connection>): OptionCheck {
  return (value, path) => {
    const isChain = typeof value === 'object' && value !== null && 'stop' in value
    if (!isChain) checkOptions(value, checks, path)
  }
}

/** The options of the gateway, besides its chains. */
export const ownChecks: OptionChecks<Omit<GatewayOptions, 'base' | 'solana'>> = {
  port: wholeNumberFrom(0, 65_535),
  host: oneOf('127.0.0.1'),
  replay: oneOf('answer', 'reject'),
  // Its bounds are with its default.
  maxBodyBytes: unchecked,
  receiptTimeoutMs: wholeNumberFrom(0, 86_400_000),
  katana: optionsOf(katanaChecks),
  relays: optionsOf(relaysChecks),
  clock: checkClock,
  random: checkFunction
}

/** What {@link GatewayOptions} may hold. */
export const gatewayChecks: OptionChecks<GatewayOptions> = {
  ...ownChecks,
  base: connectionOf(baseChecks),
  solana: connectionOf(solanaChecks)
}
