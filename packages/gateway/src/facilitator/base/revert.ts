import { BaseError, ContractFunctionRevertedError, ContractFunctionZeroDataError } from 'viem'

/** Tells a contract that said no from a node that did not answer. */
export function isRevert(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  const revert = error.walk(
    (cause) =>
      cause instanceof ContractFunctionRevertedError || cause instanceof ContractFunctionZeroDataError
  )
  return revert !== null
}
