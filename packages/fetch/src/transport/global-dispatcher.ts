import { isLoopback } from '@bursar/core'

/** Where undici keeps the dispatcher of a process, whichever copy of undici has set it. */
const [newKey, oldKey] = [Symbol.for('undici.globalDispatcher.2'), Symbol.for('undici.globalDispatcher.1')]

/** What an agent has among its options that nobody gave any. */
const defaultOptions = ['maxOrigins', 'interceptors']

/**
 * Tells whether the program has set a dispatcher for its whole process, such as a proxy's or a mock. Node sets a plain agent
 * by itself when `fetch` is first used, which counts as none. Each request asks, so that a dispatcher is looked at once.
 */
export class GlobalDispatcher {
  #seen: unknown
  #isOwn = false
  #isEnvironment = false

  /**
   * Whether it carries what is for a host. The proxy of the environment, which Node sets by itself under
   * `NODE_USE_ENV_PROXY`, carries nothing that is for this machine: it would be read, and paid in plain http, elsewhere.
   */
  carries(hostname: string): boolean {
    return this.isSet() && !(this.#isEnvironment && isLoopback(hostname))
  }

  isSet(): boolean {
    const dispatcher: unknown = Reflect.get(globalThis, newKey) ?? Reflect.get(globalThis, oldKey)
    if (dispatcher !== this.#seen) {
      this.#seen = dispatcher
      this.#isOwn = typeof dispatcher === 'object' && dispatcher !== null && !isPlainAgent(dispatcher)
      this.#isEnvironment = this.#isOwn && isOf('EnvHttpProxyAgent', Object(dispatcher))
    }
    return this.#isOwn
  }
}

/** What interceptors are composed with has the agent's class and a `dispatch` of its own. */
function isOf(className: string, dispatcher: object): boolean {
  const { name, prototype } = dispatcher.constructor
  return name === className && Reflect.get(dispatcher, 'dispatch') === Reflect.get(prototype, 'dispatch')
}

function isPlainAgent(dispatcher: object): boolean {
  if (!isOf('Agent', dispatcher)) return false
  const key = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === 'options')
  const options: unknown = key && Reflect.get(dispatcher, key)
  return Object.entries(options ?? {}).every(
    ([option, value]) => value === undefined || defaultOptions.includes(option)
  )
}
