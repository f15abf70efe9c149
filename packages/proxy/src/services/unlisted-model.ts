import { HttpProblem, problemOf } from '@bursar/local-server'
import { type ModelNames, nearestModelMessage } from '@bursar/translation'

/** What a service answers, and what a client of it says before it asks, where there is no such model. */
const rejections: ReadonlySet<string> = new Set([
  ...['service/refused', 'service_refused', 'request/invalid'],
  'price/unknown'
])

/** Adds to the rejection of a model that a service does not list which one may be meant, and where the names are. */
export async function withNearestModel(error: unknown, asked: string, names: ModelNames): Promise<unknown> {
  const problem = problemOf(error)
  const { status, code, message, moneyState, headers } = problem
  if (moneyState !== 'none' || !rejections.has(code) || (status !== 400 && status !== 404)) return error
  const words = await nearestModelMessage({ message, asked }, names)
  if (words === undefined) return error
  // A model without a price is none of those that are listed, or one that the operator can give a price.
  const where =
    code === 'price/unknown'
      ? ''
      : ` GET /v1/models lists them, and --model ${asked}=NAME of bursar proxy means another by it`
  return new HttpProblem({ status, code, message: `${words}${where}`, moneyState, headers })
}
