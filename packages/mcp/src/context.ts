import type { Clock, HasPrepaidAccount, Ledger } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import type { Billing, CallOptions, ChatCompletion, WholeBody } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import type { AnswerFiles } from './files/answer-files.js'
import { JoinedCalls } from './joined-calls.js'
import type { ToolOutput } from './tool-output.js'

/** What the tools use of imgnAI Katana. */
export interface ToolKatana extends Pick<Katana, 'images' | 'videos' | 'jobs'>, HasPrepaidAccount {
  readonly chat: {
    readonly completions: { create(body: WholeBody, options: CallOptions): Promise<ChatCompletion> }
  }
}

/** What the tools work with. Nobody who calls a tool can change any of it. */
export interface McpContext {
  /** Pays, within its limits. Required. @example { bursar: createBursar({ evm, limits, ledger }) } */
  readonly bursar: Bursar
  /** Required. @example { katana: createKatana(bursar) } */
  readonly katana: ToolKatana
  /** The bursar's ledger. Required. @example { ledger: sqliteLedger() } */
  readonly ledger: Ledger
  /** The bursar's limits, which the tools report on. Required. @example { limits: { payment: '0.25', day: '5.00' } } */
  readonly limits: Limits
  /** Where answers and generated files are saved. Required. @example { files: new AnswerFiles('out') } */
  readonly files: AnswerFiles
  /** Tells the time. Required. @example { clock: systemClock } */
  readonly clock: Clock
  /** Makes a new word for each call, by which its purchases are found in the ledger. Required. @example { newId: randomUUID } */
  readonly newId: () => string
  /**
   * How texts are paid. `auto`: from the prepaid balance where it can pay, after a top-up where a rule allows one, else directly,
   * which costs some hundred times as much. `wallet`: from the balance alone. Default: `auto`.
   *
   * @example { textBilling: 'wallet' }
   */
  readonly textBilling?: Exclude<Billing, 'key'> | undefined
}

/** What the tools work with, and what all servers of one context share. */
export interface ToolsContext extends McpContext {
  /** Texts that are in flight: what a prepaid balance is charged for is joined nowhere else. */
  readonly texts: JoinedCalls<ToolOutput>
}

/** The context of the tools. */
export function toolsContext(context: McpContext): ToolsContext {
  return { ...context, texts: new JoinedCalls() }
}
