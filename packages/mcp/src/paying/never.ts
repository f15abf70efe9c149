/** The longest that a timer of Node's can wait: some 25 days. */
export const NEVER_MS = 2 ** 31 - 1
