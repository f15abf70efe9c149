import { canonicalHost } from '@bursar/fetch'

/** The hosts that both lists allow; a list that is not given allows every host. */
export function commonHosts(
  first: readonly string[] | undefined,
  second: readonly string[] | undefined
): string[] | undefined {
  if (first === undefined || second === undefined) return (first ?? second)?.slice()
  const common = first.flatMap((one) =>
    second.flatMap((other) => narrower(canonicalHost(one), canonicalHost(other)) ?? [])
  )
  return [...new Set(common)]
}

/** Of two patterns the one that the other covers. Nothing, where no host matches both. */
function narrower(one: string, other: string): string | undefined {
  if (one === other || covers(other, one)) return one
  return covers(one, other) ? other : undefined
}

function covers(pattern: string, other: string): boolean {
  return pattern.startsWith('*.') && other.replace(/^\*/, '').endsWith(pattern.slice(1))
}
