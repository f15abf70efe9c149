import {
  checkOptions,
  type OptionChecks,
  type Sweeper,
  type SweepRequest,
  systemClock,
  systemRandom,
  unchecked
} from '@bursar/core'
import type { LocalAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { readHash } from '../address/address.js'
import { createEvmReader } from '../rpc/chain-reader.js'
import { type EvmReaderOptions, evmReaderChecks } from '../rpc/reader-options.js'
import { payeeRejectionReason } from './payee.js'
import { planSweep } from './plan-sweep.js'
import { sendSweep } from './send-sweep.js'
import { signSweep } from './sign-sweep.js'
import type { SweepAccounts } from './sweep-accounts.js'

/** What an EVM sweeper is made from. */
export interface EvmSweeperOptions extends Omit<EvmReaderOptions, 'clock'> {
  /** The private key of the account whose money is moved, as hex. @example { account: process.env.EVM_PRIVATE_KEY ?? '' } */
  readonly account: string
  /**
   * The private key of an account that pays the gas: the token is then moved by an authorization (EIP-3009). Default: the
   * account itself.
   *
   * @example { gasAccount: process.env.GAS_PRIVATE_KEY }
   */
  readonly gasAccount?: string | undefined
}

const evmSweeperChecks: OptionChecks<EvmSweeperOptions> = {
  ...evmReaderChecks,
  account: unchecked,
  gasAccount: unchecked
}

/**
 * Moves what an account holds on EVM networks: a token by a plain transfer, or by an authorization where another account
 * pays the gas; the coin by a transfer of what its fee leaves.
 *
 * @example
 * ```ts
 * const sweeper = createEvmSweeper({ account: process.env.EVM_PRIVATE_KEY ?? '' })
 * const plan = await sweeper.plan({ network: BASE, to: '0x…' })
 * const { status } = await sweeper.send(await sweeper.sign(plan), { isAgain: false })
 * ```
 * @throws {TypeError} when an option is unknown or malformed. The message shows neither a key nor a URL.
 */
export function createEvmSweeper(options: EvmSweeperOptions): Sweeper {
  checkOptions(options, evmSweeperChecks)
  const clock = systemClock
  const owner = accountOf(options.account)
  const payer = options.gasAccount === undefined ? owner : accountOf(options.gasAccount)
  const reader = createEvmReader({ ...options, clock })
  const accountsFor = ({ asset }: Pick<SweepRequest, 'asset'>): SweepAccounts => ({
    owner,
    // A coin can only be sent by its owner.
    payer: asset ? payer : owner
  })
  return {
    family: 'eip155',
    plan: (request) =>
      reader.read(request.network, (client) => planSweep(client, request, accountsFor(request))),
    payeeRejectionReason: async (request) => payeeRejectionReason(request, owner.address),
    sign: (plan) =>
      reader.read(plan.network, (client) =>
        signSweep(client, plan, { ...accountsFor(plan), nowMs: clock.nowMs(), random: systemRandom })
      ),
    send: (signed, { isAgain }) => sendSweep(reader.rpc, signed, { clock, isAgain })
  }
}

function accountOf(key: string): LocalAccount {
  return privateKeyToAccount(readHash(key))
}
