/** The same object, each of whose answers must be waited for. */
export function slowly<Target extends object>(target: Target, wait: () => Promise<void>): Target {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return async (...given: unknown[]) => {
        await wait()
        return Reflect.apply(value, target, given)
      }
    }
  })
}
