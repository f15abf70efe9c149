/** The suite in a page, which calls it. */
import { indexedDbLedger } from 'bursar/indexed-db'
import { runSuite } from './suite.js'
import type { World } from './world.js'

Object.assign(globalThis, { runSuite: (world: World) => runSuite(world, () => indexedDbLedger()) })
