const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EDQUOT: 'the quota of its disk is used up',
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

/** Why the system did not do something with a file, in words, by its code, such as `ENOSPC`. An unknown code as it is. */
export function systemReason(code: string): string {
  return reasons[code] ?? code
}
