/** How many bytes the body of an answer has, on answers of which all of it is here. */
export const wholeLength: unique symbol = Symbol.for('bursar.wholeLength')

/**
 * How many bytes the body of an answer has, where all of it is here: then it can be read and copied without a stream.
 *
 * @returns `undefined` where the body may still be on its way.
 */
export function wholeLengthOf(response: Response): number | undefined {
  const length: unknown = Reflect.get(response, wholeLength)
  return typeof length === 'number' ? length : undefined
}
