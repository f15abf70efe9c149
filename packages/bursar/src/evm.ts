export { receiptOf } from '@bursar/fetch'
export { createEvmBursar as createBursar, type EvmBursarOptions } from './create-evm-bursar.js'
