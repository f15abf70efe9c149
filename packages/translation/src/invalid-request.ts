/** A request that cannot be translated. Nothing has been paid when it is thrown. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest'
  /** Of an answer by HTTP. */
  readonly status = 400
  readonly moneyState = 'none'
  /** For example `unsupported`. */
  readonly code: string

  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}

/** The error of a request that cannot be translated. */
export function invalidRequest(message: string, code = 'invalid_request'): InvalidRequest {
  return new InvalidRequest(`${message}. Nothing was paid`, code)
}
