import { BursarError } from '@bursar/core'

/** What a model costs, in a certain case, is not published, so that no limit could hold. */
export function unknownPrice(
  service: string,
  model: string,
  circumstance = ''
): BursarError<'price/unknown'> {
  const name = model.slice(0, 80)
  const what = circumstance === '' ? name : `${name} ${circumstance}`
  return new BursarError('price/unknown', {
    message: `The price of ${what} at ${service} is not known, so that no limit could hold. Nothing was sent. Give it in \`prices\`, or to the command by --price.`,
    context: { service, model: name },
    moneyState: 'none'
  })
}
