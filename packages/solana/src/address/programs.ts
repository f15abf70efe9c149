import { readAddress } from './address.js'

/** Sets the compute limit and price. */
export const COMPUTE_BUDGET = readAddress('ComputeBudget111111111111111111111111111111')
/** Creates accounts. */
export const SYSTEM = readAddress('11111111111111111111111111111111')
/** The program of Circle's USDC. */
export const TOKEN = readAddress('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA')
/** The program of mints with extensions. */
export const TOKEN_2022 = readAddress('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb')
/** Creates token accounts at derived addresses. */
export const ASSOCIATED_TOKEN = readAddress('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL')
/** Writes text into the chain's record. @see x402 exact/SVM, 3.1 */
export const MEMO = readAddress('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr')
/** Read-only assertions, which some wallets add to what they sign. @see x402 exact/SVM, 3.1 */
export const LIGHTHOUSE = readAddress('L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95')
