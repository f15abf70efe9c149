/**
 * How code makes a new purchase on purpose, in the words of errors. What shows an error to people or programs that have no such
 * options puts what they can do in its place.
 *
 * @example
 * ```ts
 * const text = bursarErrorOf(error)?.message.replace(BUY_ANEW, 'by another --name')
 * ```
 */
export const BUY_ANEW = 'by `again: true`, or by another name'
