import { parseUsdc } from '@bursar/core'
import type { KatanaAccount } from './billing/accounts.js'
import type { TokenMeasure } from './chat/count-tokens.js'
import type { KatanaEcho } from './protocol.js'
import type { StatusOverrides } from './statuses.js'

/** Choices where Katana's documentation is silent or contradicts itself. */
export interface KatanaOptions {
  /**
   * Decimal USDC added to each price for settling. Default: `0.003938`, as in Katana's sample.
   *
   * @example { gasUsd: '0' }
   */
  readonly gasUsd?: string
  /**
   * Decimal USDC added to each price on Solana, where it may differ (Katana 13). Default: as `gasUsd`.
   *
   * @example { solanaGasUsd: '0.001' }
   */
  readonly solanaGasUsd?: string
  /**
   * The time from a job's submission to its completion, in milliseconds. Default: 400.
   *
   * @example { generationMs: 0 }
   */
  readonly generationMs?: number
  /**
   * How the accepted entry of a payment is compared with the offer. `verbatim`: all fields must be equal, but
   * `extra` may be left out, as in Katana's own sample. `documented`: only the five fields that Katana's text names
   * are compared (Katana 24). Default: `verbatim`.
   *
   * @example { echo: 'documented' }
   */
  readonly echo?: KatanaEcho
  /**
   * What happens to a key without its secret, or a bearer token without a colon, which does not authenticate (Katana
   * 19). `reject` answers 401. `ignore` treats it as absent, so that a client whose SDK always sends a bearer token
   * is still quoted a price. Default: `reject`.
   *
   * @example { loneCredential: 'ignore' }
   */
  readonly loneCredential?: 'reject' | 'ignore'
  /**
   * Whether a model may be named by its internal key (Katana 96). Default: `accept`.
   *
   * @example { modelKeys: 'reject' }
   */
  readonly modelKeys?: 'accept' | 'reject'
  /**
   * The accounts of API keys. Default: none, so that every key is unknown.
   *
   * @example { accounts: [{ key: 'dev', secret: 'local', credits: '100' }] }
   */
  readonly accounts?: readonly KatanaAccount[]
  /**
   * How far the time of a wallet proof may be from now, in seconds. Katana states no number (Katana 60). Default:
   * 300.
   *
   * @example { proofMaxAgeSeconds: 60 }
   */
  readonly proofMaxAgeSeconds?: number
  /**
   * HTTP statuses by error code, for errors whose status Katana does not document. The README lists the codes.
   * Default: those in the README.
   *
   * @example { statuses: { several_billing_paths: 422, other_wallet: 401, expired: 404 } }
   */
  readonly statuses?: StatusOverrides
  /**
   * Rules for videos that are not enforced (Katana 126, 129). Default: none, every rule is enforced.
   *
   * @example { rulesOff: ['frames_or_references', 'audio_ff_only'] }
   */
  readonly rulesOff?: readonly string[]
  /**
   * Whether a proof whose two times differ is rejected (Katana 63). Default: `reject`.
   *
   * @example { proofTimes: 'ignore' }
   */
  readonly proofTimes?: 'reject' | 'ignore'
  /**
   * The file that keeps balances and credits across restarts. Default: they are kept in memory.
   *
   * @example { stateFile: './katana.json' }
   */
  readonly stateFile?: string
  /**
   * How the tokens of a text are counted. `characters`: four of them are a token. `bytes`: each byte is a token, which is
   * the most that a text can be billed for. Default: `characters`.
   *
   * @example { tokens: 'bytes' }
   */
  readonly tokens?: TokenMeasure
}

/** {@link KatanaOptions} with every default filled in. */
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
  readonly tokens: TokenMeasure
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
    proofTimesMatter: options.proofTimes !== 'ignore',
    tokens: options.tokens ?? 'characters'
  }
}
