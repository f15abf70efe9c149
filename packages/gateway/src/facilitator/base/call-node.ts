import {
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  ExecutionRevertedError
} from 'viem'
import { FacilitatorUnavailable } from '../facilitator.js'

/**
 * Runs calls to the node.
 *
 * @throws {FacilitatorUnavailable} for every error of viem's: an outage is no verdict on a payment.
 */
export async function callNode<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls()
  } catch (error) {
    if (!(error instanceof BaseError)) throw error
    // The short message only: the whole one contains the RPC URL.
    throw new FacilitatorUnavailable(`The chain could not be asked: ${error.shortMessage}`)
  }
}

/** Whether an error means that a contract reverted, and not that the node did not answer. */
export function isRevert(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  const revert = error.walk(
    (cause) =>
      cause instanceof ContractFunctionRevertedError ||
      cause instanceof ContractFunctionZeroDataError ||
      cause instanceof ExecutionRevertedError
  )
  return revert !== null
}
