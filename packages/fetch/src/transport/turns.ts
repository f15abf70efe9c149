import { setImmediate } from 'node:timers'
import { setTimeout } from 'node:timers/promises'

/**
 * The next turn of the event loop, and a wait, as Node has them: a test may have replaced the globals, and a payment that waited
 * for one of those would never be sent. Loaded with the package, before a test replaces anything.
 */
export const nextTurn = setImmediate
export const sleep = setTimeout
