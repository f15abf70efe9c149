import { invalidRequest } from '../checks/invalid-request.js'

/** Why media cannot be read. The message goes on from the name of its field. */
export class UnreadableMedia extends Error {
  override readonly name = 'UnreadableMedia'
  readonly rule: 'media_unreadable' | 'media_too_large'

  constructor(rule: UnreadableMedia['rule'], message: string) {
    super(message)
    this.rule = rule
  }
}

/** What is said of a field whose media cannot be read. What a `read()` of the caller's throws may hold a secret. */
export function unreadableField(field: string, error: unknown) {
  const known = error instanceof UnreadableMedia
  return invalidRequest([
    {
      field,
      rule: known ? error.rule : 'media_unreadable',
      message: `${field} ${known ? error.message : 'cannot be read: its read() failed'}`,
      allowed: 'an image or audio that can be read, of 48 MiB at most'
    }
  ])
}
