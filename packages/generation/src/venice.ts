export type { RetargetOptions } from './venice/retarget.js'
export { retarget } from './venice/retarget.js'
