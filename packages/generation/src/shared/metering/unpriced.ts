import { BursarError } from '@bursar/core'

/** Nobody knows what a model costs, so that no limit could hold. */
export function unpriced(service: string, model: string): BursarError<'price/unknown'> {
  return new BursarError('price/unknown', {
    message: `Nobody knows what ${model.slice(0, 80)} costs at ${service}, so that no limit could hold: give prices. Nothing was sent.`,
    context: { service, model: model.slice(0, 80) },
    moneyState: 'none'
  })
}
