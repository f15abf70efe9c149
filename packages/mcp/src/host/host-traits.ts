/** What a host does with the result of a tool. */
export interface HostTraits {
  /** Shows pictures of `content` to its model. */
  readonly showsPictures: boolean
  /** Shows its model `structuredContent` alone, where there is some. */
  readonly prefersStructured: boolean
}

/** Hosts by the name that they give themselves, as they were run. Others may show a picture as the text of its bytes. */
const hosts: readonly (readonly [name: RegExp, traits: HostTraits])[] = [
  [/^claude-code\b/, { showsPictures: true, prefersStructured: true }],
  [/^codex\b/, { showsPictures: true, prefersStructured: true }],
  [/^opencode\b/, { showsPictures: true, prefersStructured: false }]
]

const unknown: HostTraits = { showsPictures: false, prefersStructured: false }

/** What the host of this name does. */
export function hostTraits(name: string | undefined): HostTraits {
  return hosts.find(([pattern]) => pattern.test(name ?? ''))?.[1] ?? unknown
}
