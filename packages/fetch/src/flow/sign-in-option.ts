import { type OptionCheck, oneOf } from '@bursar/core'

/**
 * When to sign in to a server that asks for it: never, where this account has bought what is there, or always. A server
 * that asks for nothing else is signed in to unless this is `false`.
 */
export type SignIn = false | 'bought' | 'always'

export const checkSignIn: OptionCheck = oneOf(false, 'bought', 'always')
