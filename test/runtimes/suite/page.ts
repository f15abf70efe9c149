/** The suite in a page, which calls it. */
import { runSuite } from './suite.js'

Object.assign(globalThis, { runSuite })
