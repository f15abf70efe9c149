/** What a session tries: one prompt, and what the model, the proxy or the network does with it. */
export const sessionCases = [
  'text',
  'tool',
  'picture',
  'mcp',
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

/** The path of what is paid for in the case `mcp`, by a tool of `bursar mcp`. */
export const REPORT_PATH = '/standard/v2/report'

const MARK = 'Bursar case'

/** What prompts name. */
interface PromptPlace {
  /** The folder of the session. */
  readonly project: string
  /** The origin of the services. */
  readonly shopUrl: string
}

/** What the client is asked. */
export function promptOf(name: SessionCase, { project, shopUrl }: PromptPlace): string {
  if (name === 'picture') return `${MARK} ${name}: look at ${project}/${PICTURE_FILE}`
  if (name === 'mcp') return `${MARK} ${name}: pay ${shopUrl}${REPORT_PATH}`
  return `${MARK} ${name}: do what it says`
}

/** The case that a text asks for, and the path or the URL in it. */
export function caseIn(text: string): { readonly name: SessionCase; readonly path: string } | undefined {
  const object = `\\S+?(?:${PICTURE_FILE}|${REPORT_PATH})`
  const [, asked, path = ''] =
    new RegExp(`${MARK} ([a-z-]+):(?: (?:look at|pay) (${object}))?`).exec(text) ?? []
  const name = sessionCases.find((each) => each === asked)
  return name && { name, path }
}
