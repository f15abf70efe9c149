import type { LedgerStatus } from '@bursar/core'
import { restoredStatus } from '../restored.js'
import type { Runner } from './runner.js'

type Stop = 'frozen' | 'restored'

/** The table of settings within one transaction: why nothing may be paid, if anything says so. */
export class PostgresSettings {
  readonly #runner: Runner
  /** Every reservation asks, so it is read once a transaction. */
  #stops: Promise<ReadonlyMap<string, string>> | undefined

  constructor(runner: Runner) {
    this.#runner = runner
  }

  async frozen(): Promise<LedgerStatus['frozen']> {
    const value = await this.#read('frozen')
    return value === undefined ? undefined : (JSON.parse(value) as LedgerStatus['frozen'])
  }

  async setFrozen(frozen: LedgerStatus['frozen']): Promise<void> {
    await this.#erase('frozen')
    if (!frozen) return
    await this.#runner.rows("INSERT INTO bursar_settings VALUES ('frozen', $1)", [JSON.stringify(frozen)])
  }

  async restored(): Promise<LedgerStatus['restored']> {
    const reason = await this.#read('restored')
    return reason === undefined ? undefined : restoredStatus(reason)
  }

  setReconciled(): Promise<void> {
    return this.#erase('restored')
  }

  async #read(stop: Stop): Promise<string | undefined> {
    this.#stops ??= this.#readStops()
    return (await this.#stops).get(stop)
  }

  async #readStops(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#runner.rows<{ key: string; value: string }>(
      "SELECT key, value FROM bursar_settings WHERE key IN ('frozen', 'restored')"
    )
    return new Map(rows.map(({ key, value }) => [key, value]))
  }

  async #erase(stop: Stop): Promise<void> {
    this.#stops = undefined
    await this.#runner.rows('DELETE FROM bursar_settings WHERE key = $1', [stop])
  }
}
