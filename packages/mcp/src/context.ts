import type { Clock, Ledger } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import type { CallOptions, ChatBody, ChatCompletion } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import type { AnswerFiles } from './files/answer-files.js'

/** What the tools use of imgnAI Katana. */
export interface ToolKatana extends Pick<Katana, 'images' | 'videos' | 'jobs'> {
  readonly chat: {
    readonly completions: {
      create(body: ChatBody & { readonly stream?: false }, options: CallOptions): Promise<ChatCompletion>
    }
  }
}

/** What the tools work with. Nobody who calls a tool can change any of it. */
export interface McpContext {
  readonly bursar: Bursar
  readonly katana: ToolKatana
  readonly ledger: Ledger
  readonly limits: Limits
  /** Where answers and generated files are saved. */
  readonly files: AnswerFiles
  readonly clock: Clock
  /** Makes a new word for each call, by which its purchases are found in the ledger. */
  readonly newId: () => string
}
