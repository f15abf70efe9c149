import { isJsonObject } from '@bursar/core'
import { HttpError, type HttpResponse } from '../server/response.js'
import type { Route } from '../server/route.js'

/** HTTP statuses by error code, such as `{ expired: 404 }`, for errors whose status Katana does not document. */
export type StatusOverrides = Readonly<Record<string, number>>

/**
 * Makes routes answer errors of some codes with other statuses than this gateway assumes.
 *
 * @throws {TypeError} when a status is not an error status.
 */
export function withStatuses(routes: readonly Route[], overrides: StatusOverrides): readonly Route[] {
  for (const [code, status] of Object.entries(overrides)) {
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new TypeError(`katana.statuses.${code} must be from 400 to 599`)
    }
  }
  if (Object.keys(overrides).length === 0) return routes
  return routes.map((route) => withStatusesOf(route, overrides))
}

function withStatusesOf(route: Route, overrides: StatusOverrides): Route {
  return {
    ...route,
    async handle(incoming) {
      try {
        const response = await route.handle(incoming)
        return { ...response, status: overrides[errorCodeOf(response) ?? ''] ?? response.status }
      } catch (error) {
        const status = error instanceof HttpError ? overrides[error.code] : undefined
        if (!(error instanceof HttpError) || status === undefined) throw error
        throw new HttpError(status, error.code, error.message)
      }
    }
  }
}

function errorCodeOf({ status, body }: HttpResponse): string | undefined {
  if (status < 400 || typeof body !== 'string') return undefined
  const value: unknown = JSON.parse(body)
  const error = isJsonObject(value) ? value.error : undefined
  return isJsonObject(error) && typeof error.code === 'string' ? error.code : undefined
}
