import { nearestName } from '@bursar/core'
import { HttpProblem, problemOf } from '@bursar/local-server'
import type { ModelNames } from '@bursar/translation'

/** Adds to a service's rejection of a model that it does not list which one may be meant, and where the names are. */
export async function withNearestModel(error: unknown, asked: string, names: ModelNames): Promise<unknown> {
  const problem = problemOf(error)
  const { status, code, message, moneyState } = problem
  if (code !== 'service/refused' || moneyState !== 'none') return error
  const listed: readonly string[] = await names.list().catch(() => [])
  if (listed.length === 0 || listed.includes(await names.resolve(asked))) return error
  const nearest = nearestName(asked, listed)
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`
  const where = `GET /v1/models lists them, and --model ${asked}=NAME of bursar proxy means another by it`
  return new HttpProblem({ status, code, message: `${message}${hint} ${where}`, moneyState })
}
