import { formatUsdc } from '@bursar/core'
import type { BursarEvent, Spending } from '@bursar/fetch'
import type { Metric, Sample } from './prometheus-text.js'
import { Durations, SampleSums } from './sample-sums.js'
import type { ServerHealth } from './server-health.js'
import { Settlements } from './settlements.js'

/** A request that was answered. */
export interface AnsweredRequest {
  readonly agent: string
  readonly status: number
  readonly ms: number
}

/** Counts what a server does, from its start on. */
export class ServerMetrics {
  readonly #requests = new SampleSums()
  readonly #durations = new Durations()
  readonly #settled = new SampleSums()
  readonly #events = new SampleSums()
  readonly #settlements = new Settlements()

  noteAnswer({ agent, status, ms }: AnsweredRequest): void {
    this.#requests.add({ agent, status: String(status) })
    this.#durations.add({ agent }, ms / 1000)
  }

  noteEvent(agent: string, event: BursarEvent): void {
    const { type, host = '', network, symbol, amount } = event
    this.#events.add({ agent, type })
    if (this.#settlements.isNews(event) && network && symbol && amount)
      this.#settled.add({ agent, host, network, asset: symbol }, Number(amount))
  }

  /** @param health absent: the ledger cannot be read. */
  metrics(health: ServerHealth | undefined): readonly Metric[] {
    const up = gauge('bursar_ledger_up', 'Whether the record can be read.', [flag(health)])
    return [...this.#counted(), up, ...(health ? ledgerMetrics(health) : [])]
  }

  #counted(): readonly Metric[] {
    return [
      {
        name: 'bursar_requests_total',
        type: 'counter',
        help: 'Requests of agents that were answered.',
        samples: this.#requests.samples
      },
      {
        name: 'bursar_request_duration_seconds',
        type: 'histogram',
        help: 'How long an agent waited for a whole answer.',
        samples: this.#durations.samples
      },
      {
        name: 'bursar_settled_total',
        type: 'counter',
        help: 'What has settled, in units of the asset.',
        samples: this.#settled.samples
      },
      {
        name: 'bursar_events_total',
        type: 'counter',
        help: 'Steps of paid calls, by their kind.',
        samples: this.#events.samples
      }
    ]
  }
}

function ledgerMetrics({ sinceMs, frozen, outstanding, agents }: ServerHealth): readonly Metric[] {
  const { payments, usd } = outstanding
  const samples = (amount: (spending: Spending) => bigint): readonly Sample[] =>
    agents.flatMap(({ name, limits }) =>
      limits.map((limit) => ({
        labels: { agent: name, limit: limit.name },
        value: formatUsdc(amount(limit))
      }))
    )
  return [
    gauge('bursar_start_time_seconds', 'When the server began.', [{ value: sinceMs / 1000 }]),
    gauge('bursar_frozen', 'Whether payments are stopped.', [flag(frozen)]),
    gauge('bursar_outstanding_payments', 'Payments that could still settle.', [{ value: payments }]),
    gauge('bursar_outstanding_usd', 'What could still settle, in dollars.', [{ value: usd }]),
    gauge(
      'bursar_limit_usd',
      'The most that an agent may spend.',
      samples(({ limit }) => limit)
    ),
    gauge(
      'bursar_limit_left_usd',
      'What an agent may still spend.',
      samples(({ left }) => left)
    )
  ]
}

function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, type: 'gauge', help, samples }
}

function flag(value: object | undefined): Sample {
  return { value: value ? 1 : 0 }
}
