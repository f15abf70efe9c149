/** What the system says of files and programs, in words. */
const words: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EEXIST: 'it is there already',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is none',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a part of its path is no folder',
  ENOTEMPTY: 'it is not empty',
  EPERM: 'this user may not',
  EROFS: 'its disk is read-only'
}

const MAX_CAUSES = 8

/**
 * What kept the system from doing something: words for what is known, else its own code, else what the first of the causes
 * says. The sentence before it names the file, so that no path is repeated.
 */
export function systemWords(error: Error): string {
  let deepest = error
  let at: unknown = error
  for (let depth = 0; at instanceof Error && depth < MAX_CAUSES; depth++) {
    if ('code' in at && 'syscall' in at) return words[String(at.code)] ?? String(at.code)
    if (at.message !== '') deepest = at
    at = at.cause
  }
  return deepest.message
}
