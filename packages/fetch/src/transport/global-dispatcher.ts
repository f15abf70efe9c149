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

  isSet(): boolean {
    const dispatcher: unknown = Reflect.get(globalThis, newKey) ?? Reflect.get(globalThis, oldKey)
    if (dispatcher !== this.#seen) {
      this.#seen = dispatcher
      this.#isOwn = typeof dispatcher === 'object' && dispatcher !== null && !isPlainAgent(dispatcher)
    }
    return this.#isOwn
  }
}

function isPlainAgent(dispatcher: object): boolean {
  const { name, prototype } = dispatcher.constructor
  // What interceptors are composed with has the agent's class and a `dispatch` of its own.
  if (name !== 'Agent' || Reflect.get(dispatcher, 'dispatch') !== Reflect.get(prototype, 'dispatch'))
    return false
  const key = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === 'options')
  const options: unknown = key && Reflect.get(dispatcher, key)
  return Object.entries(options ?? {}).every(
    ([option, value]) => value === undefined || defaultOptions.includes(option)
  )
}
