/** Loads something once, on its first use. If loading fails, the next use tries again. */
export interface LoadOnce<Value> {
  (): Promise<Value>
  /** What was loaded, for callers that would not wait again. `undefined` until then. */
  loaded(): Value | undefined
}

/** Returns a function that loads something once. */
export function loadOnce<Value>(load: () => Promise<Value>): LoadOnce<Value> {
  let loading: Promise<Value> | undefined
  let loaded: Value | undefined
  const keep = (value: Value): Value => {
    loaded = value
    return value
  }
  const fail = (error: unknown): never => {
    loading = undefined
    throw error
  }
  const loadFirst = (): Promise<Value> => {
    loading ??= load().then(keep, fail)
    return loading
  }
  return Object.assign(loadFirst, { loaded: () => loaded })
}
