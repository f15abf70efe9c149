import { checkOptions, checkText, systemClock, unchecked } from '@bursar/core'
import { unavailableError } from '../../../errors.js'
import { forgottenUntil } from '../../../rules/retention.js'
import type { Pruned } from '../../pruned.js'
import { decode, encode } from '../../wire.js'
import { type DurableObjectLedgerOptions, objectChecks, objectStub } from '../durable-object-ledger.js'
import type { CarePath, PruneAnswer } from './care-messages.js'

/** What is forgotten of which ledger. */
export interface PruneOptions extends DurableObjectLedgerOptions {
  /**
   * For how long what is over is kept, in milliseconds. Not below 62 days, twice the longest window of a limit.
   *
   * @example { namespace: env.LEDGER, keepMs: 400 * 86_400_000 }
   */
  readonly keepMs: number
}

/** What is restored, and where to. */
export interface RestoreOptions extends Omit<DurableObjectLedgerOptions, 'clock'> {
  /** What `backupLedger` returned. @example { namespace: env.LEDGER, name: 'restored', backup } */
  readonly backup: Uint8Array<ArrayBuffer>
}

/**
 * Forgets purchases that are long over, while any number of Workers use the ledger. What every limit has spent stays, in sums.
 * So does what anything still needs: a purchase that is open or can still settle, one with a name, which is bought once for
 * ever, and the newest of each host and network, by which payees are pinned.
 *
 * @example
 * ```ts
 * await pruneLedger({ namespace: env.LEDGER, keepMs: 400 * 86_400_000 })
 * ```
 * @throws {TypeError} when an option is unknown or malformed, or `keepMs` is too short.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function pruneLedger(options: PruneOptions): Promise<Pruned> {
  checkOptions(options, { ...objectChecks, keepMs: unchecked })
  const { keepMs, clock } = options
  forgottenUntil(keepMs, (clock ?? systemClock).nowMs())
  let [purchases, jobs] = [0, 0]
  for (;;) {
    const response = await ask(options, '/prune', encode({ keepMs, nowMs: clock?.nowMs() }))
    const batch = decode(await response.text()) as PruneAnswer
    purchases += batch.purchases
    jobs += batch.jobs
    if (batch.isDone) return { purchases, jobs, untilMs: batch.untilMs }
  }
}

/**
 * Copies a ledger whole, as it is at one moment, while any number of Workers use it. A ledger that is restored from the copy
 * pays nothing until it was compared with the chain (`auditOf(bursar).reconcile()`), which counts what was paid since.
 *
 * The copy holds the signed bytes of payments that are not over, as the ledger does: keep it where only you can read it. It has
 * to fit into the memory of an object and of a Worker; a ledger that does not is pruned first.
 *
 * @returns lines of JSON in UTF-8, each with a checksum.
 * @example
 * ```ts
 * await env.BUCKET.put('ledger.backup', await backupLedger({ namespace: env.LEDGER }))
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function backupLedger(options: DurableObjectLedgerOptions): Promise<Uint8Array<ArrayBuffer>> {
  checkOptions(options, objectChecks)
  const response = await ask(options, '/backup', encode({ nowMs: options.clock?.nowMs() }))
  return new Uint8Array(await response.arrayBuffer())
}

/**
 * Fills an object that has no purchases with a backup, of a page's ledger too. It pays nothing until it was compared with the
 * chain (`auditOf(bursar).reconcile()`). A payment that was out when the backup was made is resumed with the same bytes.
 *
 * @example
 * ```ts
 * await restoreLedger({ namespace: env.LEDGER, name: 'restored', backup })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable` when the backup is damaged or was cut (`reason` names the line), or the object has
 * purchases; it stays as it was.
 */
export async function restoreLedger(options: RestoreOptions): Promise<void> {
  checkOptions(options, { namespace: unchecked, name: checkText, backup: unchecked })
  await ask(options, '/restore', options.backup)
}

type Place = Pick<DurableObjectLedgerOptions, 'namespace' | 'name'>

/** @throws {BursarError} `ledger/unavailable` */
async function ask(place: Place, path: CarePath, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  const response = await send(place, path, body)
  if (response.ok) return response
  if (response.status === 409) throw unavailableError(await response.text())
  throw unavailableError(`its Durable Object answered with status ${response.status}`)
}

async function send(
  { namespace, name }: Place,
  path: CarePath,
  body: string | Uint8Array<ArrayBuffer>
): Promise<Response> {
  try {
    return await objectStub(namespace, name).fetch(`https://ledger${path}`, { method: 'POST', body })
  } catch (error) {
    throw unavailableError('its Durable Object does not answer', error)
  }
}
