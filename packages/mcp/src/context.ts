import type { PrepaidAccount } from '@bursar/core'
import type { Billing, CallOptions, ChatCompletion, SavedAsset, WholeBody } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import type { CallJournal } from './calls/call-journal.js'
import { Calls } from './calls/calls.js'
import { MemoryJournal } from './calls/memory-journal.js'
import type { AnswerFiles } from './files/answer-files.js'
import type { Confirmation } from './host/confirmation.js'
import { Deliveries } from './host/deliveries.js'
import type { SpendingContext } from './spending-context.js'
import type { ToolName } from './tools/tool-names.js'

/** What the tools use of imgnAI Katana. */
export interface ToolKatana extends Pick<Katana, 'images' | 'videos' | 'jobs'> {
  readonly balance: PrepaidAccount & Pick<Katana['balance'], 'topUp'>
  readonly chat: {
    readonly completions: { create(body: WholeBody, options: CallOptions): Promise<ChatCompletion> }
  }
}

/** What the tools work with. Nobody who calls a tool can change any of it. */
export interface McpContext extends SpendingContext {
  /** Pays, within its limits. Required. @example { bursar: createBursar({ evm, limits, ledger }) } */
  readonly bursar: Bursar
  /** Required. @example { katana: createKatana(bursar) } */
  readonly katana: ToolKatana
  /** Where answers and generated files are saved. Required. @example { files: new AnswerFiles('out') } */
  readonly files: AnswerFiles
  /**
   * Where calls are written down, so that an equal call takes one up whose result nobody was given. Default: in memory,
   * until the process ends.
   *
   * @example { journal: new FolderJournal('calls', systemClock) }
   */
  readonly journal?: CallJournal | undefined
  /**
   * How texts are paid. `auto`: from the prepaid balance where it can pay, after a top-up where a rule allows one, else directly,
   * which costs some hundred times as much. `wallet`: from the balance alone. Default: `auto`.
   *
   * @example { textBilling: 'wallet' }
   */
  readonly textBilling?: Exclude<Billing, 'key'> | undefined
  /**
   * Whether results show pictures beside their files. `auto`: to hosts that are known to show them to their models.
   * Default: `auto`.
   *
   * @example { pictures: 'never' }
   */
  readonly pictures?: 'auto' | 'always' | 'never' | undefined
  /**
   * A folder of pictures that a model may have sent to the service, besides those in the folder of files. Default: none.
   *
   * @example { input: 'photos' }
   */
  readonly input?: string | undefined
  /**
   * Texts that no tool may send anywhere, such as keys and tokens. Default: none.
   *
   * @example { secrets: [key] }
   */
  readonly secrets?: readonly string[] | undefined
  /**
   * Called with what a job was saved as: its id, and its files. Default: nobody is told.
   *
   * @example { onSaved: async (job, files) => console.log(job, files.map(({ path }) => path)) }
   */
  readonly onSaved?: ((job: string, files: readonly SavedAsset[]) => Promise<void>) | undefined
  /**
   * The tools that are offered. Default: all but `top_up`.
   *
   * @example { tools: ['quote', 'pay_url', 'check_job'] }
   */
  readonly tools?: readonly ToolName[] | undefined
  /**
   * Asks a person about dear payments, where the host can. Its `confirm` is the bursar's. Default: the limits alone decide.
   *
   * @example { confirmation: new Confirmation({ above: '0.10' }) }
   */
  readonly confirmation?: Confirmation | undefined
}

/** What all servers of one context share. */
export interface SharedContext extends McpContext {
  readonly calls: Calls
}

/** What the tools of one server work with. */
export interface ToolsContext extends SharedContext {
  /** Who calls: the ledger keeps it with each purchase. */
  readonly agent: string
  readonly deliveries: Deliveries
  /** The name that the client gave itself, where another connection said it. */
  readonly client: string | undefined
}

/** The context that all servers share. */
export function shareContext(context: McpContext): SharedContext {
  return { ...context, calls: new Calls(context, context.journal ?? new MemoryJournal(context.clock)) }
}

/** The context of the tools that one agent calls, by a client of this name. */
export function toolsContext(shared: SharedContext, agent: string, client?: string): ToolsContext {
  return { ...shared, agent, deliveries: new Deliveries(), client }
}
