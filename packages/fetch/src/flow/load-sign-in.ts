import { loadOnce } from '@bursar/core'

/** Loads what signs in, with the first server that asks for it. */
export const loadSignIn = loadOnce(() => import('./sign-in.js'))
