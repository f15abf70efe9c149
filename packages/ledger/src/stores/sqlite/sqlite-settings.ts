import type { LedgerStatus } from '@bursar/core'
import { restoredStatus } from '../restored.js'
import type { FileCache } from './file-cache.js'
import type { SqliteStatements } from './statements.js'

/** The table of settings: whether the ledger is frozen, restored from a copy, and until when it has forgotten purchases. */
export class SqliteSettings {
  readonly #statements: Pick<SqliteStatements, 'setting' | 'setSetting' | 'eraseSetting'>
  readonly #cache: FileCache
  #restored: string | undefined

  /** @param restored why the file is an older copy of itself; not yet written in it. */
  constructor(statements: SqliteStatements, cache: FileCache, restored: string | undefined) {
    this.#statements = statements
    this.#cache = cache
    this.#restored = restored
  }

  frozen(): LedgerStatus['frozen'] {
    const value = this.#read('frozen')
    return value === undefined ? undefined : (JSON.parse(value) as LedgerStatus['frozen'])
  }

  setFrozen(frozen: LedgerStatus['frozen']): void {
    this.#write('frozen', frozen && JSON.stringify(frozen))
  }

  restored(): LedgerStatus['restored'] {
    const reason = this.#read('restored') ?? this.#restored
    return reason === undefined ? undefined : restoredStatus(reason)
  }

  /** Writes what was seen when the file was opened, so that it holds until the ledger was compared with the chain. */
  keepRestored(): void {
    if (this.#restored !== undefined) this.#write('restored', this.#restored)
    this.#restored = undefined
  }

  setReconciled(): void {
    this.#restored = undefined
    this.#write('restored', undefined)
  }

  forgottenUntilMs(): number | undefined {
    const value = this.#read('forgotten')
    return value === undefined ? undefined : Number(value)
  }

  #read(key: string): string | undefined {
    const { settings } = this.#cache.rows
    const cached = settings.get(key)
    if (cached) return cached.value
    const [row] = this.#statements.setting.all(key)
    settings.set(key, { value: row?.value })
    return row?.value
  }

  #write(key: string, value: string | undefined): void {
    if (value === undefined) this.#statements.eraseSetting.run(key)
    else this.#statements.setSetting.run(key, value)
    this.#cache.rows.settings.delete(key)
  }
}
