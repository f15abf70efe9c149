/** Which call it is, and what for. */
export interface CallMark {
  readonly intent: string
  readonly call: number
}
