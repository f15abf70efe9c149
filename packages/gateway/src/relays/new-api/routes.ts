import type { JsonObject } from '@bursar/core'
import { readJson } from '../../server/request.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext, Route } from '../../server/route.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { type Form, readForm } from '../form.js'
import { authenticate, authenticateEvenExpired, isResponse, QUOTA_PER_USD, tokenUsage } from './accounts.js'
import { invalidRequest } from './errors.js'

/** A call that is billed: an account, and the body of its request, whose model is a text that is not empty. */
export interface BilledCall {
  readonly account: OpenRelayAccount
  readonly model: string
  readonly body: JsonObject
}

type AccountHandler = (account: OpenRelayAccount, incoming: RequestContext) => HttpResponse

/** Builds the routes of a relay that runs new-api. Paths are regular expressions, after the prefix. */
export class NewApiRoutes {
  readonly #context: RelayContext
  readonly #prefix: string

  /** @param prefix of all paths, such as `/relays/openclaw`. */
  constructor(context: RelayContext, prefix: string) {
    this.#context = context
    this.#prefix = prefix
  }

  /** A GET that needs no key. */
  open(path: string, handle: Route['handle']): Route {
    return { methods: ['GET'], path: this.#at(path), handle }
  }

  /** A GET that needs a key. */
  forAccount(path: string, handle: AccountHandler, findAccount = authenticate): Route {
    return {
      methods: ['GET'],
      path: this.#at(path),
      takesFaults: true,
      handle: (incoming) => {
        const account = findAccount(this.#context.accounts, incoming.request)
        return isResponse(account) ? account : handle(account, incoming)
      }
    }
  }

  /** `GET /api/usage/token/`, which expired keys can ask as well (OpenClaw 43). */
  tokenUsage(): Route {
    return this.forAccount('/api/usage/token/', tokenUsage, authenticateEvenExpired)
  }

  /** A POST that is billed. A group in the path, if there is one, names the model. */
  billed(
    path: string,
    sell: (call: BilledCall) => HttpResponse | Promise<HttpResponse>,
    otherHeader?: 'x-api-key'
  ): Route {
    return {
      methods: ['POST'],
      path: this.#at(path),
      takesFaults: true,
      handle: async ({ request, params: [named], faults }) => {
        const account = authenticate(this.#context.accounts, request, otherHeader)
        if (isResponse(account)) return account
        const body = await readJson(request)
        const model = named === undefined ? body.model : decodeURIComponent(named)
        if (typeof model !== 'string' || model === '') return invalidRequest('model is required')
        const response = faults.beforeSettling() ?? (await sell({ account, model, body }))
        return faults.afterSettling(response, () => response)
      }
    }
  }

  /** A POST of a form that is billed. */
  billedForm(
    path: string,
    sell: (account: OpenRelayAccount, form: Form) => HttpResponse | Promise<HttpResponse>
  ): Route {
    return {
      methods: ['POST'],
      path: this.#at(path),
      takesFaults: true,
      handle: async ({ request }) => {
        const account = authenticate(this.#context.accounts, request)
        return isResponse(account) ? account : sell(account, await readForm(request))
      }
    }
  }

  /** `GET /api/status`, which reports how much quota a dollar is. */
  status(): Route {
    return this.open('/api/status', () =>
      jsonResponse(200, { success: true, data: { quota_per_unit: QUOTA_PER_USD, price: 7 } })
    )
  }

  #at(path: string): RegExp {
    return new RegExp(`^${this.#prefix}${path}$`)
  }
}
