import { Help, type Option } from 'commander'

const usual = new Help()

/** What the help says of an option: its words, what it can be, what it is without, and whether there is no without. */
export function describeOption(option: Option): string {
  return `${usual.optionDescription(option)}${option.mandatory ? ' (required)' : ''}`
}
