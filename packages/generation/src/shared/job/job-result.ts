import { BursarError, type MoneyState } from '@bursar/core'
import type { JobResult, JobState } from './job-state.js'

/**
 * What a job made, in its last state.
 *
 * @throws {BursarError} `job/failed`, `job/rejected` when no item made anything.
 */
export function resultOf(state: JobState, moneyState: MoneyState | undefined): JobResult {
  const assets = state.items.flatMap((item) => item.assets)
  const failures = state.items.flatMap(({ failure }) => failure ?? [])
  const isEmpty = assets.length === 0 && (state.status === 'failed' || state.status === 'rejected')
  if (isEmpty) throw emptyJob({ ...state, assets, failures }, moneyState)
  return { ...state, assets, failures }
}

function emptyJob({ requestId, status, failures }: JobResult, moneyState: MoneyState | undefined) {
  const isRejected = status === 'rejected'
  const reasons = failures.map(({ reason, serviceCode }) => reason ?? serviceCode ?? 'no reason given')
  const what = isRejected ? 'was rejected and never begun' : 'failed; the service refunds what it cost'
  return new BursarError(isRejected ? 'job/rejected' : 'job/failed', {
    message: `Job ${requestId} ${what}: ${reasons.join('; ').slice(0, 400) || 'no reason given'}.`,
    context: { requestId, items: failures },
    moneyState: moneyState ?? (isRejected ? 'none' : 'settled')
  })
}
