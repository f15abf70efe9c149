import { type HttpResponse, jsonResponse } from '../server/response.js'
import { SUGGESTED_TOP_UP_USD, TOP_UP_ATOMIC, toUsd } from './context.js'

/** An error in Venice's shape. */
export function veniceError(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { error: message, code })
}

/**
 * The 402 of a call that the balance cannot pay. It has no payment requirements: those are in the 402 of the
 * top-up route.
 */
export function insufficientBalance(balanceAtomic: bigint): HttpResponse {
  return jsonResponse(402, {
    error: 'Payment required',
    code: 'PAYMENT_REQUIRED',
    message: 'Insufficient x402 balance',
    currentBalanceUsd: toUsd(balanceAtomic),
    suggestedTopUpUsd: SUGGESTED_TOP_UP_USD,
    minimumTopUpUsd: toUsd(TOP_UP_ATOMIC),
    supportedTokens: ['USDC'],
    supportedChains: ['base'],
    topUpInstructions: { step1: 'POST /api/v1/x402/top-up with no payment header' }
  })
}
