import { isError } from '@bursar/core'
/** Why a client of either version of the SDK threw. */
export type ClientFailure =
  /** The server answered, with an error or with what is no result. */
  | { readonly kind: 'answered'; readonly why: string }
  /** The time of the call was up. */
  | { readonly kind: 'timed-out' }
  /** It is not known what the server did. */
  | { readonly kind: 'lost' }

/** Codes that version 1 gives to errors of its own, which servers could give to theirs. */
const [CLOSED, TIMED_OUT] = [-32000, -32001]
/** Those of version 2, where a server answered. */
const unreadable = ['INVALID_RESULT', 'UNSUPPORTED_RESULT_TYPE']

/** By its looks, since the client may be of another installation of the SDK than ours, and of another version. */
export function readClientFailure(error: unknown): ClientFailure {
  if (!isError(error) || !('code' in error)) return { kind: 'lost' }
  const { name, code, message } = error
  if (code === 'REQUEST_TIMEOUT' || (name === 'McpError' && code === TIMED_OUT)) return { kind: 'timed-out' }
  const isAnswer =
    (name === 'McpError' && code !== CLOSED) ||
    (name === 'ProtocolError' && typeof code === 'number') ||
    (name === 'SdkError' && unreadable.includes(String(code)))
  return isAnswer ? { kind: 'answered', why: message } : { kind: 'lost' }
}
