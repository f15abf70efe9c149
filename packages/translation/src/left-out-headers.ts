const MAX_LENGTH = 200

/**
 * The header of an answer that names which tools the model was not offered, by their types. A client may have written any
 * characters there, of which a header holds few: none of them may cost it an answer that is paid for.
 */
export function leftOutHeaders(types: readonly string[]): Readonly<Record<string, string>> {
  if (types.length === 0) return {}
  const names = types.join(', ').replace(/[^\x20-\x7e]+/g, '?')
  return { 'x-bursar-left-out': names.slice(0, MAX_LENGTH) }
}
