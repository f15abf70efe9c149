import type { Ledger } from '@bursar/core'
import type { Billing, Job } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'

/** What a service of Katana works with. */
export interface KatanaPayer {
  readonly bursar: Pick<Bursar, 'find' | 'fetch' | 'history' | 'receiptOf'>
  readonly katana: Katana
  readonly agent: string
  /** Writes down which purchase a job was bought by. */
  readonly noteJob: Ledger['noteJob']
  /** Told of each job whose images are made. No answer waits for it. */
  readonly onImages?: ((job: Job) => unknown) | undefined
  /** How texts are paid. */
  readonly textBilling: Exclude<Billing, 'key'>
}
