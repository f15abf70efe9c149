import {
  type AtomicUsdc,
  BursarError,
  type Clock,
  isJsonObject,
  type JsonObject,
  type Ledger,
  type NetworkId,
  type Offer
} from '@bursar/core'
import type { PrepaidOptions } from './prepaid.js'
import type { Movement, PrepaidRequest, PrepaidService, WalletProver } from './service.js'

/** What the paying fetch is told of a top-up. */
interface PayingInit extends RequestInit {
  readonly bursar?: {
    readonly purchase?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly prefer?: readonly NetworkId[]
    readonly rejectionReason?: (offer: Offer) => string | undefined
  }
}

/** `bursar.fetch`, as far as top-ups need it. */
export type PayingFetch = (url: string, init: PayingInit) => Promise<Response>

/** What the parts of one prepaid balance share. */
export interface PrepaidDesk {
  readonly service: PrepaidService
  /** Without a slash at its end. */
  readonly base: string
  readonly origin: string
  readonly prover: WalletProver
  readonly ledger: Ledger
  readonly clock: Clock
  readonly fetch: PayingFetch
  readonly plainFetch: (url: string, init: RequestInit) => Promise<Response>
  address(): Promise<string>
  balance(wallet?: string): Promise<AtomicUsdc>
  movements(wallet?: string): AsyncGenerator<Movement, void, undefined>
}

const TIMEOUT_MS = 60_000
/** A page of movements; no answer is near it. */
const MAX_CHARACTERS = 4 * 1024 * 1024

/** Builds the desk. */
export function createDesk(
  options: Required<Pick<PrepaidOptions, 'clock' | 'plainFetch'>> & PrepaidOptions
): PrepaidDesk {
  const { service, prover, plainFetch } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  const ask = async (operation: string, request: PrepaidRequest): Promise<JsonObject> => {
    const url = `${base}${request.path}`
    const { name, value } = (await prover.prove(url)).headerFor(url)
    const response = await reach(service, operation, () =>
      plainFetch(url, {
        headers: { accept: 'application/json', [name]: value },
        redirect: 'error',
        credentials: 'omit',
        signal: AbortSignal.timeout(TIMEOUT_MS)
      })
    )
    return readAnswer(service, operation, response)
  }
  const address = async (): Promise<string> => (await prover.prove(base)).address
  return {
    ...options,
    base,
    origin: new URL(base).origin,
    address,
    async balance(wallet) {
      const body = await ask('balance', service.balance(wallet ?? (await address())))
      return service.readBalance(body) ?? fail(service, 'balance', 'no balance in it', 200, 'none')
    },
    async *movements(asked) {
      const wallet = asked ?? (await address())
      for (let cursor: string | undefined; ; ) {
        const body = await ask('transactions', service.movements(wallet, cursor))
        const page =
          service.readMovements(body) ?? fail(service, 'transactions', 'no transactions in it', 200, 'none')
        yield* page.movements
        if (page.next === undefined || page.next === cursor) return
        cursor = page.next
      }
    }
  }
}

/** An answer as JSON; another than 2xx is the service's refusal. Nothing of these questions costs money. */
export async function readAnswer(
  service: PrepaidService,
  operation: string,
  response: Response,
  moneyState: 'none' | 'settled' = 'none'
): Promise<JsonObject> {
  const text = await reach(service, operation, () => response.text())
  const body = text.length <= MAX_CHARACTERS ? parse(text) : undefined
  if (response.ok && body) return body
  if (response.ok) return fail(service, operation, 'not a JSON object', response.status, moneyState)
  const error = isJsonObject(body?.error) ? body.error : {}
  throw new BursarError('service/refused', {
    message: `${service.name}: ${operation} was answered with ${response.status}. Nothing was paid.`,
    context: {
      service: service.name,
      operation,
      status: response.status,
      ...(typeof error.code === 'string' ? { serviceCode: error.code.slice(0, 64) } : {}),
      ...(typeof error.message === 'string' ? { reason: error.message.slice(0, 200) } : {})
    },
    moneyState: 'none'
  })
}

async function reach<Value>(
  service: PrepaidService,
  operation: string,
  ask: () => Promise<Value>
): Promise<Value> {
  try {
    return await ask()
  } catch (cause) {
    throw new BursarError('service/unreachable', {
      message: `${service.name}: ${operation} was not answered. Nothing was paid.`,
      context: { service: service.name, operation },
      moneyState: 'none',
      cause
    })
  }
}

function fail(
  service: PrepaidService,
  operation: string,
  reason: string,
  status: number,
  moneyState: 'none' | 'settled'
): never {
  throw new BursarError('service/answer-malformed', {
    message: `${service.name}: ${operation} was answered with what cannot be understood: ${reason}.`,
    context: { service: service.name, operation, status, reason },
    moneyState
  })
}

/** The object that a text is, if it is one. */
export function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
