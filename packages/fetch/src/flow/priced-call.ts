/** What follows once a price is known, in one piece, so that a program loads it with the first 402 and as one file. */
export { quote } from '../quote.js'
export { payAndDeliver } from './pay-and-deliver.js'
