/** A name without what programs add to it or write in another way. */
interface ReadName {
  readonly name: string
  /** Such as `anthropic` of `anthropic/claude-sonnet-4.6`. Empty: none. */
  readonly provider: string
  /** With dashes for dots, and without a date. */
  readonly base: string
  /** Only digits. Empty: none. */
  readonly date: string
}

/** A date at the end, such as `-20251001`, `-2025-10-01` or `@20251001`. */
const datePattern = /[-@](20\d{2}-?[01]\d-?[0-3]\d)$/
/** How Claude Code asks for a long context. */
const contextSuffix = /\[1m\]$/i

/**
 * Finds the model that a name means: one that differs from it by a date, by dots for dashes, by a provider's prefix, by
 * `[1m]` or by capitals alone. A name that resembles nothing, or models of more than one provider, means none.
 *
 * @param listed the names that a service has.
 * @returns the name in the list.
 */
export function resolveModel(asked: string, listed: readonly string[]): string | undefined {
  if (listed.includes(asked)) return asked
  const wanted = readName(asked)
  const alike = listed.map(readName).filter((each) => isAlike(each, wanted))
  if (new Set(alike.map(({ provider }) => provider)).size > 1) return undefined
  const sameDate = alike.find(({ date }) => date === wanted.date)
  return (sameDate ?? undated(alike) ?? newest(alike))?.name
}

function isAlike({ provider, base }: ReadName, wanted: ReadName): boolean {
  const isSameProvider = provider === '' || wanted.provider === '' || provider === wanted.provider
  return base === wanted.base && isSameProvider
}

function undated(names: readonly ReadName[]): ReadName | undefined {
  return names.find(({ date }) => date === '')
}

function newest(names: readonly ReadName[]): ReadName | undefined {
  return [...names].sort((a, b) => (a.date < b.date ? 1 : -1))[0]
}

function readName(name: string): ReadName {
  const bare = name.trim().toLowerCase().replace(contextSuffix, '')
  const slash = bare.lastIndexOf('/')
  const [, date = ''] = datePattern.exec(bare) ?? []
  const base = bare
    .slice(slash + 1)
    .replace(datePattern, '')
    .replaceAll('.', '-')
  return { name, provider: bare.slice(0, Math.max(0, slash)), base, date: date.replaceAll('-', '') }
}
