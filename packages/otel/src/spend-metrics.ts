import { ownAmountOf, type Purchase } from '@bursar/core'
import type { BursarEvent } from '@bursar/fetch'
import type {
  Attributes,
  Counter,
  Histogram,
  Meter,
  ObservableGauge,
  ObservableResult
} from '@opentelemetry/api'
import { attributes, hostAttributes } from './attributes.js'
import type { EndedCall } from './call-span.js'

/** Settled purchases that are remembered, since one that is resumed is told as settled again. */
const MAX_COUNTED = 10_000
/** Seconds. A model that thinks, or a video, takes minutes. */
const DURATION_BOUNDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]

/** What could still settle, such as `bursar.outstanding()`. */
type ReadOutstanding = () => Promise<readonly Purchase[]>

/** Counts what is paid and what is not, by OpenTelemetry's meters. */
export class SpendMetrics {
  readonly #spend: Counter
  readonly #errors: Counter
  readonly #duration: Histogram
  readonly #lowBalances: Counter
  readonly #outstanding: ObservableGauge
  readonly #observe: (result: ObservableResult) => Promise<void>
  readonly #counted = new Set<string>()

  constructor(meter: Meter, readOutstanding: ReadOutstanding) {
    this.#spend = meter.createCounter('bursar.spend', {
      description: 'What has settled, in units of the asset.'
    })
    this.#errors = meter.createCounter('bursar.errors', {
      description: 'Paid calls that ended with an error, such as one that a limit refused.',
      unit: '{call}'
    })
    this.#duration = meter.createHistogram('bursar.call.duration', {
      description: 'From the request without payment to the end of the answer.',
      unit: 's',
      advice: { explicitBucketBoundaries: DURATION_BOUNDS }
    })
    this.#lowBalances = meter.createCounter('bursar.balance.low', {
      description: 'Balances that fell below what the user named.',
      unit: '{fall}'
    })
    this.#outstanding = meter.createObservableGauge('bursar.outstanding', {
      description: 'Payments that could still settle.',
      unit: '{payment}'
    })
    this.#observe = (result) => observe(result, readOutstanding)
    this.#outstanding.addCallback(this.#observe)
  }

  note(event: BursarEvent): void {
    const { type, purchase, network, symbol, amount } = event
    if (type === 'balance-low') this.#noteLow(event)
    if (type !== 'settled' || purchase === undefined || this.#counted.has(purchase)) return
    // What is no number would make the sum none, for as long as the program runs.
    if (!Number.isFinite(Number(amount))) return
    this.#remember(purchase)
    const paid = { [attributes.asset]: symbol, [attributes.network]: network }
    this.#spend.add(Number(amount), { ...hostAttributes(event), ...paid })
  }

  noteEnd(event: BursarEvent, { durationMs, error, moneyState }: EndedCall): void {
    const ended: Attributes = hostAttributes(event)
    if (error !== undefined) ended[attributes.error] = error
    this.#duration.record(durationMs / 1000, ended)
    if (error !== undefined) this.#errors.add(1, { ...ended, [attributes.moneyState]: moneyState })
  }

  close(): void {
    this.#outstanding.removeCallback(this.#observe)
  }

  #noteLow(event: BursarEvent): void {
    const { account, network, symbol } = event
    this.#lowBalances.add(1, {
      ...hostAttributes(event),
      [attributes.account]: account,
      [attributes.asset]: symbol,
      [attributes.network]: network
    })
  }

  #remember(purchase: string): void {
    const [oldest] = this.#counted.size < MAX_COUNTED ? [] : this.#counted
    if (oldest !== undefined) this.#counted.delete(oldest)
    this.#counted.add(purchase)
  }
}

/** A record that cannot be read now is measured the next time. */
async function observe(result: ObservableResult, read: ReadOutstanding): Promise<void> {
  const purchases = await read().catch(() => undefined)
  if (!purchases) return
  const counts = new Map<string, { readonly labels: Attributes; count: number }>()
  for (const { offer } of purchases) {
    const { symbol } = ownAmountOf(offer)
    const labels = { [attributes.asset]: symbol, [attributes.network]: offer.network }
    const key = JSON.stringify(labels)
    const counted = counts.get(key)
    if (counted) counted.count += 1
    else counts.set(key, { labels, count: 1 })
  }
  if (counts.size === 0) result.observe(0)
  for (const { labels, count } of counts.values()) result.observe(count, labels)
}
