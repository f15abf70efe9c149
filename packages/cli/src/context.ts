import type { PolicyLayer } from '@bursar/policy'
import type { Env, Io } from './io.js'
import type { Passphrases } from './wallet/passphrase.js'

/** What the verb of one command line works with. */
export interface CommandContext extends Io {
  /** Of the command. */
  readonly version: string
  /** Overridden by the options before the verb: `--wallet` is `BURSAR_WALLET` here. */
  readonly env: Env
  readonly passphrases: Passphrases
  /** What the options before the verb say of the policy: `--set`, `--rate`. */
  readonly flagLayers: readonly PolicyLayer[]
  /** Writes to standard error what `--quiet` does not leave out: what is wrong. */
  readonly warn: (text: string) => void
  /** Whether standard output has colours. */
  readonly color: boolean
  /** In which times are read and written: that of the terminal, or UTC. */
  readonly timeZone: string
  /** What has happened so far. */
  readonly progress: Progress
}

/**
 * What an interruption would mean for the money. `in-flight`: a payment may settle. `paid`: it has settled, and its
 * answer is not kept. `job`: a job is paid for and not saved. `account`, `balance`: it may be charged, and no payment is made.
 */
export type MoneyAtStake = 'none' | 'in-flight' | 'paid' | 'job' | 'account' | 'balance'

/** What has happened in one command line. */
export interface Progress {
  /** Whether a payment was reserved. From then on an error that nothing is known of may have cost money. */
  hasReserved: boolean
  moneyAtStake: MoneyAtStake
  /** Whether the verb ends by itself when it is interrupted. */
  handlesInterrupts: boolean
  /** Whether it was interrupted, and the process ends with `exitCode`. */
  isInterrupted?: boolean
  /** The exit code of a verb that came to its end. */
  exitCode: number
  /** The words of the verb, such as `wallet create`. Absent before the command line is understood. */
  verb?: string
  /** What the policy is made from. Absent before the options before the verb are read. */
  policyContext?: Pick<CommandContext, 'env' | 'flagLayers'>
  /** Whether the verb prints one JSON document, or lines that an error may follow. */
  jsonForm: 'document' | 'lines'
  /** Whether it was said that a copy of the record is read. */
  isCopyReported?: boolean
  /** Called when the command is at its end. */
  atEnd?: () => void
}

/** Gives an action the context of its command line, once the options before the verb are known. */
export type GetContext = () => CommandContext
