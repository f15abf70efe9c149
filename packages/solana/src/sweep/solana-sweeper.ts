import { checkOptions, type OptionChecks, type Sweeper, systemClock, unchecked } from '@bursar/core'
import { createKeyAuthorizer } from '../account/key-authorizer.js'
import { readSecretKey } from '../account/secret-key.js'
import { createSolanaReader, type SolanaReaderOptions, solanaReaderChecks } from '../rpc/chain-reader.js'
import { createMints } from '../rpc/mints.js'
import { findPayeeProblem, payeeRejectionReason } from './payee.js'
import { planSweep, type SweepParts } from './plan-sweep.js'
import { sendSweep } from './send-sweep.js'
import { signSweep } from './sign-sweep.js'

/** What a Solana sweeper is made from. */
export interface SolanaSweeperOptions extends Omit<SolanaReaderOptions, 'clock'> {
  /** The secret key of the account whose money is moved, in base58. @example { account: process.env.SVM_PRIVATE_KEY ?? '' } */
  readonly account: string
  /**
   * The secret key of an account that pays the fees and for the payee's token account. Default: the account itself.
   *
   * @example { gasAccount: process.env.GAS_SECRET_KEY }
   */
  readonly gasAccount?: string | undefined
}

const solanaSweeperChecks: OptionChecks<SolanaSweeperOptions> = {
  ...solanaReaderChecks,
  account: unchecked,
  gasAccount: unchecked
}

/**
 * Moves what an account holds on Solana: a token by `TransferChecked`, with a token account for the payee where it has none;
 * SOL by a transfer of what its fee leaves.
 *
 * @example
 * ```ts
 * const sweeper = createSolanaSweeper({ account: process.env.SOLANA_SECRET_KEY ?? '' })
 * const plan = await sweeper.plan({ network: SOLANA_MAINNET, to: '9xQe…' })
 * const { status } = await sweeper.send(await sweeper.sign(plan), { isAgain: false })
 * ```
 * @throws {TypeError} when an option is unknown or malformed. The message shows neither a key nor a URL.
 */
export function createSolanaSweeper(options: SolanaSweeperOptions): Sweeper {
  checkOptions(options, solanaSweeperChecks)
  const { account, gasAccount } = options
  const clock = systemClock
  const reader = createSolanaReader({ ...options, clock })
  const owner = createKeyAuthorizer(readSecretKey(account))
  const payer = gasAccount === undefined ? owner : createKeyAuthorizer(readSecretKey(gasAccount))
  const mints = createMints(reader)
  const parts: SweepParts = { reader, mints, owner, payer, clock }
  return {
    family: 'solana',
    plan: (request) => planSweep(parts, request),
    async payeeRejectionReason(request) {
      const reason = payeeRejectionReason(request, (await owner.address()).text)
      return reason ?? findPayeeProblem(reader, request)
    },
    sign: (plan) => signSweep(parts, plan),
    send: (signed, { isAgain }) => sendSweep(reader, signed, { clock, isAgain })
  }
}
