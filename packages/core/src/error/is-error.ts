/** How an error of any kind names itself, those of browsers' interfaces too. */
const names = ['[object Error]', '[object DOMException]']

/**
 * Whether a value is an error, of this realm or another: where modules run in a context of their own, as under jest, what Node
 * itself throws, and aborts with, is no `Error` of theirs.
 */
export function isError(value: unknown): value is Error {
  return value instanceof Error || names.includes(Object.prototype.toString.call(value))
}
