import type { Command } from 'commander'
import { verbsOf } from './verbs-of.js'

/** Where an option belongs that the command itself does not know and verbs do: after the verb. Empty: nobody knows it. */
export function misplacedHint(program: Command, error: string): string {
  const [, option] = /unknown option '(--[a-z-]+)/.exec(error) ?? []
  if (option === undefined || program.args[0] !== option) return ''
  const isKnown = verbsOf(program).some(({ options }) => options.some(({ long }) => long === option))
  return isKnown ? `It belongs after the verb: bursar VERB ${option}\n` : ''
}
