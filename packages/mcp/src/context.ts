import type { Clock, HasPrepaidAccount, Ledger } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import type { Billing, TextClient } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import type { AnswerFiles } from './files/answer-files.js'

/** What the tools use of imgnAI Katana. */
export interface ToolKatana
  extends Pick<Katana, 'images' | 'videos' | 'jobs'>,
    Pick<TextClient, 'chat' | 'estimate'>,
    HasPrepaidAccount {}

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
   * How texts are paid. `auto`: from the prepaid balance when it holds the most that the text can cost, else directly, which
   * costs some hundred times as much. `wallet`: from the balance alone, such as where a rule tops it up. With limits by label
   * every text is paid directly, since they count nothing that the balance is charged. Default: `auto`.
   *
   * @example { textBilling: 'wallet' }
   */
  readonly textBilling?: Exclude<Billing, 'key'> | undefined
}
