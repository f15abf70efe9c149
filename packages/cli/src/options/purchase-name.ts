import { UsageError } from '../usage-error.js'

/** Names that Bursar gives itself begin with these words. */
const reserved = ['top-up ', 'proxy ', 'mcp ']

/** @throws {UsageError} when a name is one that Bursar gives itself. */
export function assertPurchaseName(name: string): void {
  const prefix = reserved.find((each) => name.startsWith(each))
  if (prefix !== undefined)
    throw new UsageError(`--name: names that begin with "${prefix.trim()}" are Bursar's own`)
}
