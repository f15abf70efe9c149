export { attributes } from './attributes.js'
export type { InstrumentedBursar, InstrumentOptions } from './instrument.js'
export { instrument } from './instrument.js'
