import type { Clock, Ledger } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import type { Katana } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'

/** What the tools work with. Nobody who calls a tool can change any of it. */
export interface McpContext {
  readonly bursar: Bursar
  readonly katana: Katana
  readonly ledger: Ledger
  readonly limits: Limits
  /** Where files are saved. */
  readonly folder: string
  readonly clock: Clock
  /** A new word for each call, by which what it bought is found in the ledger. */
  readonly newId: () => string
}
