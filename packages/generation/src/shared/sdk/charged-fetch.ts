import { isBursarError } from '@bursar/core'
import type { FetchLike } from '../service/operation.js'
import { unreachable } from '../service/service-error.js'

const freeMethods: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', undefined])

/** Lets a call that an account is charged for say so when its answer is lost: it may have been charged. */
export function chargedFetch(service: string, fetch: FetchLike): FetchLike {
  return async (url, init) => {
    try {
      return await fetch(url, init)
    } catch (error) {
      if (isBursarError(error) || init.signal?.aborted || freeMethods.has(init.method)) throw error
      const operation = { name: 'call', method: 'POST', path: '', money: 'unknown' } as const
      const { origin } = new URL(url)
      throw unreachable({ service, origin, operation, moneyState: 'unknown' }, error)
    }
  }
}
