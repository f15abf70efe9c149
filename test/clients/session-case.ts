/** What a session tries: one prompt, and what the model, the proxy or the network does with it. */
export const sessionCases = [
  'text',
  'tool',
  'picture',
  'cut-text',
  'cut-tool',
  'refusal',
  'slow',
  'lost-answer',
  'lost-payment',
  'lost-charge',
  'paid-failure',
  'over-limit'
] as const

/** The name of a case. */
export type SessionCase = (typeof sessionCases)[number]

/** What a tool of the case `tool` writes, and no tool of the case `cut-tool` may. */
export const TOOL_OUTPUT = 'the-tool-ran'
/** The file that a tool of the case `cut-tool` would make. */
export const FORBIDDEN_FILE = 'made-by-a-cut-call.txt'
/** The picture of the case `picture`, in the folder of the session. */
export const PICTURE_FILE = 'picture.png'

const MARK = 'Bursar case'

/** What the client is asked. @param project the folder of the session. */
export function promptOf(name: SessionCase, project: string): string {
  return name === 'picture'
    ? `${MARK} ${name}: look at ${project}/${PICTURE_FILE}`
    : `${MARK} ${name}: do what it says`
}

/** The case that a text asks for, and the path in it. */
export function caseIn(text: string): { readonly name: SessionCase; readonly path: string } | undefined {
  const [, asked, path = ''] =
    new RegExp(`${MARK} ([a-z-]+):(?: look at (\\S+${PICTURE_FILE}))?`).exec(text) ?? []
  const name = sessionCases.find((each) => each === asked)
  return name && { name, path }
}
