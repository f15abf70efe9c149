/** The steps after a price is known, in one module, so that a program loads them as one file with the first 402. */
export { pay } from '../pay.js'
export { quote } from '../quote.js'
export { enterEqualCalls } from './enter-equal-calls.js'
export { learnOutcome, learnOutcomes } from './learn-outcome.js'
export { payPrice } from './pay-price.js'
export { readPrice } from './read-challenge.js'
export { recover } from './recover.js'
export { SettlementWatch } from './settlement-watch.js'
