import { systemReason } from '@bursar/core/files'

const MAX_CAUSES = 8

/**
 * What kept the system from doing something: words for what is known, else its own code, else what the first of the causes
 * says. The sentence before it names the file, so that no path is repeated.
 */
export function systemWords(error: Error): string {
  let deepest = error
  let at: unknown = error
  for (let depth = 0; at instanceof Error && depth < MAX_CAUSES; depth++) {
    if ('code' in at && 'syscall' in at) return systemReason(String(at.code))
    if (at.message !== '') deepest = at
    at = at.cause
  }
  return deepest.message
}
