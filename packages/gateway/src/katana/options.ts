import { parseUsdc } from '@bursar/core'
import type { KatanaAccount } from './billing/accounts.js'
import type { KatanaEcho } from './protocol.js'
import type { StatusOverrides } from './statuses.js'

/** Where Katana's documentation is silent or of two minds, and what is assumed. */
export interface KatanaOptions {
  /** Decimal USDC added to each price for settling: Katana's sample has 0.003938. */
  readonly gasUsd?: string
  /** The same on Solana, where it may differ (Katana 13). As `gasUsd` when absent. */
  readonly solanaGasUsd?: string
  /** Milliseconds from submission to completion. 400 when absent. */
  readonly generationMs?: number
  /**
   * `verbatim` (default): the entry must come back as offered, except that `extra` may be left out, as in
   * Katana's own sample. `documented`: only the five fields that its text names are compared (Katana 24).
   */
  readonly echo?: KatanaEcho
  /**
   * A key without its secret, or a bearer token without a colon, does not authenticate (Katana 19).
   * `reject` (default): 401. `ignore`: as if it were not there, so that a client whose SDK insists on a
   * bearer token is still quoted a price.
   */
  readonly loneCredential?: 'reject' | 'ignore'
  /** Whether a model may be named by its internal key (Katana 96). `accept` when absent. */
  readonly modelKeys?: 'accept' | 'reject'
  /** Accounts of API keys. None when absent, so that every key is a wrong one. */
  readonly accounts?: readonly KatanaAccount[]
  /** Seconds that a wallet proof may be old, or ahead (Katana 60 states none). 300 when absent. */
  readonly proofMaxAgeSeconds?: number
  /**
   * Statuses by error code, where Katana documents none: `{ several_billing_paths: 422, other_wallet: 401, expired: 404 }`.
   * Each code is in the README.
   */
  readonly statuses?: StatusOverrides
  /** Rules for videos that are not enforced, such as `frames_or_references` (Katana 129) and `audio_ff_only` (126). */
  readonly rulesOff?: readonly string[]
  /** Whether a proof whose times disagree is refused (Katana 63). `reject` when absent. */
  readonly proofTimes?: 'reject' | 'ignore'
  /** Path of a file that keeps balances and credits across restarts. In memory when absent. */
  readonly stateFile?: string
}

/** {@link KatanaOptions} with every choice made. */
export interface KatanaSettings {
  readonly gasAtomic: bigint
  readonly solanaGasAtomic: bigint
  readonly generationMs: number
  readonly echo: KatanaEcho
  readonly loneCredential: 'reject' | 'ignore'
  readonly modelKeysAllowed: boolean
  readonly accounts: readonly KatanaAccount[]
  readonly proofMaxAgeSeconds: number
  readonly stateFile: string | undefined
  readonly statuses: StatusOverrides
  readonly rulesOff: readonly string[]
  readonly proofTimesMatter: boolean
}

/** @throws {BursarError} `amount/malformed` */
export function katanaSettings(options: KatanaOptions): KatanaSettings {
  const gasUsd = options.gasUsd ?? '0.003938'
  return {
    gasAtomic: parseUsdc(gasUsd),
    solanaGasAtomic: parseUsdc(options.solanaGasUsd ?? gasUsd),
    generationMs: options.generationMs ?? 400,
    echo: options.echo ?? 'verbatim',
    loneCredential: options.loneCredential ?? 'reject',
    modelKeysAllowed: options.modelKeys !== 'reject',
    accounts: options.accounts ?? [],
    proofMaxAgeSeconds: options.proofMaxAgeSeconds ?? 300,
    stateFile: options.stateFile,
    statuses: options.statuses ?? {},
    rulesOff: options.rulesOff ?? [],
    proofTimesMatter: options.proofTimes !== 'ignore'
  }
}
