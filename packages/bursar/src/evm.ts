export { BursarError, bursarErrorOf, isBursarError } from '@bursar/core'
export { receiptOf } from '@bursar/fetch'
export { createEvmBursar as createBursar, type EvmBursarOptions } from './create-evm-bursar.js'
export type * from './paying-types.js'
