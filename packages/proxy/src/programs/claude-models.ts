import { resolveModel } from '@bursar/translation'

/** The families of Claude's models, each with those that come next where a service has none of it. */
const families = {
  OPUS: ['opus', 'fable', 'sonnet', 'haiku'],
  SONNET: ['sonnet', 'opus', 'fable', 'haiku'],
  HAIKU: ['haiku', 'sonnet', 'opus', 'fable'],
  FABLE: ['fable', 'opus', 'sonnet', 'haiku']
} as const

/**
 * The variables by which Claude Code asks for models that a service lists. Its own defaults are often newer than what a
 * service has. By default it uses the newest Sonnet, since Opus costs several times as much.
 *
 * @param listed the names that the service has.
 * @param own the model that the user has named, which stays if the service has it.
 * @returns no variable where the service lists no model of Claude's.
 */
export function claudeModels(listed: readonly string[], own?: string): Readonly<Record<string, string>> {
  const byAlias = Object.entries(families).map(([alias, order]) => [alias, firstOf(order, listed)] as const)
  const models = Object.fromEntries(
    byAlias.flatMap(([alias, model]) => (model ? [[`ANTHROPIC_DEFAULT_${alias}_MODEL`, model]] : []))
  )
  const { ANTHROPIC_DEFAULT_SONNET_MODEL: usual, ANTHROPIC_DEFAULT_HAIKU_MODEL: small } = models
  if (usual === undefined || small === undefined) return {}
  const isListed = own !== undefined && resolveModel(own, listed) !== undefined
  return { ANTHROPIC_MODEL: isListed ? own : usual, ...models, ANTHROPIC_SMALL_FAST_MODEL: small }
}

function firstOf(order: readonly string[], listed: readonly string[]): string | undefined {
  const found = order.map((family) => newestOf(listed.filter((name) => isOf(name, family))))
  return found.find((name) => name !== undefined)
}

function isOf(name: string, family: string): boolean {
  return /(?:^|\/)claude\b/i.test(name) && name.toLowerCase().includes(family)
}

function newestOf(names: readonly string[]): string | undefined {
  return [...names].sort((a, b) => versionOf(b) - versionOf(a) || a.length - b.length)[0]
}

/** `claude-opus-4-7` and `claude-4.7-opus` as 4.07, whatever date is behind. */
function versionOf(name: string): number {
  const [major = '0', minor = '0'] = name.replace(/\d{6,}/, '').match(/\d+/g) ?? []
  return Number(major) + Number(minor) / 100
}
