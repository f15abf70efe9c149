/** Where an answer goes. It is opened before anything is paid: an answer that cannot be kept is not worth paying for. */
export interface AnswerSink {
  write(bytes: Uint8Array): Promise<void>
  /** Says that the answer is whole. */
  finish(): Promise<void>
  /** Removes what was written of an answer that is not whole. Does nothing after `finish`. */
  discard(): Promise<void>
}
