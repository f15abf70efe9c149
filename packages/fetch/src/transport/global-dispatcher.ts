/** Where undici keeps the dispatcher of a process, whichever copy of undici has set it. */
const keys = ['undici.globalDispatcher.2', 'undici.globalDispatcher.1'].map((name) => Symbol.for(name))

/** What an agent has among its options that nobody gave any. */
const defaultOptions = ['maxOrigins', 'interceptors']

/**
 * Whether the program has set a dispatcher for its whole process, such as a proxy's or a mock. Node sets a plain agent by
 * itself when `fetch` is first used, which counts as none.
 */
export function hasGlobalDispatcher(): boolean {
  const dispatcher: unknown = keys.map((key) => Reflect.get(globalThis, key)).find((set) => set !== undefined)
  return typeof dispatcher === 'object' && dispatcher !== null && !isPlainAgent(dispatcher)
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
