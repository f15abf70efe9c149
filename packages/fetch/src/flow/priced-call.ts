/** The steps after a price is known, in one module, so that a program loads them as one file with the first 402. */
export { quote } from '../quote.js'
export { payAndDeliver } from './pay-and-deliver.js'
