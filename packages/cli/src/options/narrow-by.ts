import { UsageError } from '../usage-error.js'
import type { HistoryOptions } from './history-query.js'

/**
 * Narrows a history by what `totals --by` adds up: each as `host=…`, `network=…`, `payer=…`, `agent=…`, `model=…` or `label:NAME=…`.
 *
 * @throws {UsageError} when one is malformed.
 */
export function narrowBy(options: HistoryOptions, by: readonly string[] = []): HistoryOptions {
  const pairs = by.map(parseBy)
  const given = (wanted: string): string | undefined => pairs.findLast(([key]) => key === wanted)?.[1]
  const [host, network] = [given('host') ?? options.host, given('network') ?? options.network]
  const payer = given('payer') ?? options.payer
  const labels = pairs.filter(([key]) => !['host', 'network', 'payer'].includes(key))
  return {
    ...options,
    ...(host === undefined ? {} : { host }),
    ...(network === undefined ? {} : { network }),
    ...(payer === undefined ? {} : { payer }),
    label: [
      ...(options.label ?? []),
      ...labels.map(([name, value]) => `${name.replace(/^label:/, '')}=${value}`)
    ]
  }
}

function parseBy(text: string): readonly [key: string, value: string] {
  const [, key, value] = /^(host|network|payer|agent|model|label:[^=]+)=(.+)$/.exec(text) ?? []
  if (key !== undefined && value !== undefined) return [key, value]
  const words = 'host, network, payer, agent, model or label:NAME, with =VALUE'
  throw new UsageError(`--by wants ${words}, not "${text.slice(0, 40)}"`)
}
