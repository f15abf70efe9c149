/** Which call it is, and what for: the server's offer says it, so that a signature can be told by its call. */
export interface CallMark {
  readonly intent: string
  readonly call: number
}
