/**
 * Marks errors of this project. The same in every copy of the package, so that copies recognise each other's errors.
 */
export const brand = Symbol.for('bursar.error')

/** The longest chain of causes that is followed, so that a circular one ends too. */
const MAX_CAUSES = 32

/** Says whether a value is marked with the {@link brand}. */
export function isBranded(value: unknown): value is object {
  return typeof value === 'object' && value !== null && brand in value
}

/**
 * The first value that passes, of an error, its `cause`, the cause of that, and so on. Anything may have been thrown: what
 * cannot even be read ends the chain.
 */
export function findAlongCause<Found>(
  error: unknown,
  passes: (value: unknown) => value is Found
): Found | undefined {
  let current = error
  try {
    for (let count = 0; count < MAX_CAUSES; count++) {
      if (passes(current)) return current
      current = Reflect.get(Object(current), 'cause')
    }
  } catch {
    // It ends here.
  }
  return undefined
}
