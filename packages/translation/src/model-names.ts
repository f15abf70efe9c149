import { type Clock, nearestName, within } from '@bursar/core'
import { resolveModel } from './model-name.js'

/** What models are called by clients, and by the service. */
export interface ModelNames {
  /** The names that clients may ask for. */
  list(): Promise<readonly string[]>
  /** The service's name of the model that a name means; the name itself where it means none. */
  resolve(asked: string): Promise<string>
}

/** What the names are read from. */
export interface NameSources {
  /** Asks the service for its names. */
  readonly read: () => Promise<readonly string[]>
  /** Names that are known besides those, such as of models that the operator has given a price. */
  readonly known?: readonly string[]
  /** The operator's: the service's name by that which is asked for. */
  readonly mapped?: Readonly<Record<string, string>>
  readonly clock: Clock
}

const KEEP_MS = 600_000
const RETRY_MS = 60_000
/** A service whose list does not come gets the name as it is. */
const WAIT_MS = 3_000

/** Resolves names by a list that the service is asked for every ten minutes. */
export function createModelNames({ read, known = [], mapped = {}, clock }: NameSources): ModelNames {
  const wanted = Object.keys(mapped)
  let listed: Promise<readonly string[]> | undefined
  /** The list, once it has come. */
  let arrived: readonly string[] | undefined
  let validUntilMs = 0
  const list = (): Promise<readonly string[]> => {
    if (listed && clock.nowMs() < validUntilMs) return listed
    validUntilMs = clock.nowMs() + KEEP_MS
    arrived = undefined
    listed = read()
    listed.then(
      (names) => {
        arrived = names
      },
      () => {
        validUntilMs = Math.min(validUntilMs, clock.nowMs() + RETRY_MS)
      }
    )
    return listed
  }
  return {
    list: async () => [...new Set([...(await list()), ...known, ...wanted])],
    async resolve(asked) {
      const mappedName = resolveModel(asked, wanted)
      if (mappedName !== undefined) return mapped[mappedName] ?? asked
      if (known.includes(asked)) return asked
      const listing = list()
      const names = arrived ?? (await inTime(listing, clock))
      return resolveModel(asked, [...names, ...known]) ?? asked
    }
  }
}

async function inTime(names: Promise<readonly string[]>, clock: Clock): Promise<readonly string[]> {
  const late = () => new TypeError('The models are not listed in time')
  return within(names, { ms: WAIT_MS, clock, late }).catch(() => [])
}

/** A service's rejection of a model. */
interface ModelRejection {
  readonly message: string
  /** The name that was asked for. */
  readonly asked: string
}

/**
 * Adds to the rejection of a model that a service does not list which one may be meant.
 *
 * @returns `undefined` where the service lists the name, or lists none.
 */
export async function nearestModelMessage(
  { message, asked }: ModelRejection,
  names: ModelNames
): Promise<string | undefined> {
  const listed: readonly string[] = await names.list().catch(() => [])
  if (listed.length === 0 || listed.includes(await names.resolve(asked))) return undefined
  const nearest = nearestName(asked, listed)
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`
  return nearest === undefined ? sentence : `${sentence} Did you mean ${nearest}?`
}
