import type { Ledger } from '@bursar/core'
import type { Billing } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'

/** What a service of Katana works with. */
export interface KatanaPayer {
  readonly bursar: Pick<Bursar, 'find' | 'fetch' | 'history' | 'receiptOf'>
  readonly katana: Katana
  readonly agent: string
  /** Writes down which purchase a job was bought by. */
  readonly noteJob: Ledger['noteJob']
  /** How texts are paid. */
  readonly textBilling: Exclude<Billing, 'key'>
}
