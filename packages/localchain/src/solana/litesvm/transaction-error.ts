import type { FailedTransactionMetadata } from 'litesvm'

/** An error as a node's JSON-RPC writes it. */
export type RpcTransactionError = string | { readonly InstructionError: readonly [number, unknown] }

/** The names of litesvm's error numbers, as far as a local chain meets them. */
const names: Readonly<Record<number, string>> = {
  2: 'AccountNotFound',
  4: 'InsufficientFundsForFee',
  5: 'InvalidAccountForFee',
  6: 'AlreadyProcessed',
  7: 'BlockhashNotFound',
  11: 'SignatureFailure'
}
const FALLBACK = 'SanitizeFailure'

/** Writes a failure as a node does. */
export function describeFailure(failure: FailedTransactionMetadata): RpcTransactionError {
  const error: unknown = failure.err()
  if (typeof error === 'number') return names[error] ?? FALLBACK
  if (!isInstructionError(error)) return FALLBACK
  const cause = error.err()
  const isCustom = typeof cause === 'object' && cause !== null && 'code' in cause
  return { InstructionError: [error.index, isCustom ? { Custom: cause.code } : 'GenericError'] }
}

function isInstructionError(error: unknown): error is { readonly index: number; err(): unknown } {
  return typeof error === 'object' && error !== null && 'index' in error && 'err' in error
}
