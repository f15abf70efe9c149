import { type AccountMeter, type AtomicUsdc, atomicUsdc } from '@bursar/core'
import type { JobState } from '../shared/job/job-state.js'
import type { BillingPath } from './billing.js'
import type { Catalogue } from './catalogue/model.js'
import { tenthsOf } from './wire/credits-fields.js'

/** What the charge of a job is corrected with. */
export interface ChargeCorrection {
  readonly correct: AccountMeter['correct'] | undefined
  /** The service's. */
  readonly origin: string
  readonly catalogue: Catalogue
}

/**
 * Enters what a job did cost, once it is done: until then the most that it could cost is in the record. A direct payment was of
 * what was quoted, and stays.
 */
export async function correctCharge(
  { correct, catalogue, origin }: ChargeCorrection,
  state: JobState,
  billing: BillingPath
): Promise<void> {
  if (!correct || !state.isDone || billing === 'direct') return
  const cost = costOf(state, catalogue)
  if (cost !== undefined) await correct({ job: state.requestId, origin }, cost)
}

/** Katana 103 and 106. `undefined` when the service does not say. */
function costOf({ status, creditsSpent }: JobState, catalogue: Catalogue): AtomicUsdc | undefined {
  const tenths = status === 'rejected' ? 0n : tenthsOf(creditsSpent)
  return tenths === undefined ? undefined : atomicUsdc(tenths * catalogue.atomicUsdPerTenth)
}
