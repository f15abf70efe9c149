/** The steps after a price is known, in one module, so that a program loads them as one file with the first 402. */
export { quote } from '../quote.js'
export { learnOutcome, learnOutcomes } from './learn-outcome.js'
export { payAndDeliver } from './pay-and-deliver.js'
export { recover } from './recover.js'
export { SettlementWatch } from './settlement-watch.js'
