import { isJsonObject } from '@bursar/core'
import { HttpError, type HttpResponse } from '../server/response.js'
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
    async handle(incoming) {
      try {
        const response = await route.handle(incoming)
        return { ...response, status: overrides[codeOf(response) ?? ''] ?? response.status }
      } catch (problem) {
        const status = problem instanceof HttpError ? overrides[problem.code] : undefined
        if (!(problem instanceof HttpError) || status === undefined) throw problem
        throw new HttpError(status, problem.code, problem.message)
      }
    }
  }))
}

function codeOf({ status, body }: HttpResponse): string | undefined {
  if (status < 400 || typeof body !== 'string') return undefined
  const value: unknown = JSON.parse(body)
  const error = isJsonObject(value) ? value.error : undefined
  return isJsonObject(error) && typeof error.code === 'string' ? error.code : undefined
}
