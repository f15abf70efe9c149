import { isJsonObject } from '@bursar/core'
import { type Answer, HttpProblem } from '../server/answer.js'
import type { Route } from '../server/route.js'

/** HTTP statuses by error code, such as `{ expired: 404, other_wallet: 401 }`, where Katana documents none. */
export type StatusOverrides = Readonly<Record<string, number>>

/**
 * Answers errors of some codes with other statuses than this gateway assumes.
 *
 * @throws {TypeError} when a status is no error.
 */
export function withStatuses(routes: readonly Route[], overrides: StatusOverrides): readonly Route[] {
  for (const [code, status] of Object.entries(overrides)) {
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new TypeError(`katana.statuses.${code} must be from 400 to 599`)
    }
  }
  if (Object.keys(overrides).length === 0) return routes
  return routes.map((route) => ({
    ...route,
    async handle(visit) {
      try {
        const answer = await route.handle(visit)
        return { ...answer, status: overrides[codeOf(answer) ?? ''] ?? answer.status }
      } catch (problem) {
        const status = problem instanceof HttpProblem ? overrides[problem.code] : undefined
        if (!(problem instanceof HttpProblem) || status === undefined) throw problem
        throw new HttpProblem(status, problem.code, problem.message)
      }
    }
  }))
}

function codeOf({ status, body }: Answer): string | undefined {
  if (status < 400 || typeof body !== 'string') return undefined
  const value: unknown = JSON.parse(body)
  const error = isJsonObject(value) ? value.error : undefined
  return isJsonObject(error) && typeof error.code === 'string' ? error.code : undefined
}
