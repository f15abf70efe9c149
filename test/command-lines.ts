import { createProgram } from '../packages/cli/src/program.js'

type Command = ReturnType<typeof createProgram>
type Option = Command['options'][number]

const nothing = () => {}
const program = createProgram({ env: {}, out: nothing, err: nothing, write: async () => {} }, '0.0.0', {
  hasReserved: false,
  moneyAtStake: 'none',
  handlesInterrupts: false,
  exitCode: 0,
  jsonForm: 'document'
})

/**
 * What is wrong with a line of the command, by the command's own definitions: a verb or an option that is not there.
 *
 * @param line what stands behind `bursar`
 */
export function problemOfLine(line: string): string | undefined {
  const [own = ''] = ` ${line} `.split(' -- ')
  const words = own.split(/\s+/).filter((word) => !['', '-h', '--help'].includes(word))
  const { verb, unknown } = findVerb(words)
  if (unknown !== undefined) return `there is no verb ${unknown}`
  const missing = words.find((word) => /^--?[a-z]/.test(word) && optionOf(verb, word) === undefined)
  return missing === undefined ? undefined : `${verb.name()} has no option ${missing}`
}

/** The verb that words lead to, past the options before it. */
function findVerb(words: readonly string[]): { readonly verb: Command; readonly unknown?: string } {
  let verb = program
  for (const [index, word] of words.entries()) {
    if (word.startsWith('-') || optionOf(verb, words[index - 1] ?? '')?.required) continue
    const next = verb.commands.find((command) => command.name() === word)
    if (next === undefined)
      return verb === program && !isPlaceholder(word) ? { verb, unknown: word } : { verb }
    verb = next
  }
  return { verb }
}

function optionOf(verb: Command, word: string): Option | undefined {
  const [name = ''] = word.split('=')
  for (let at: Command | null = verb; at !== null; at = at.parent) {
    const found = at.options.find(({ long, short }) => name === long || name === short)
    if (found) return found
  }
  return undefined
}

/** As `VERB` stands for any verb. */
function isPlaceholder(word: string): boolean {
  return /^(?:<.*>|[A-Z…]+)$/.test(word)
}
