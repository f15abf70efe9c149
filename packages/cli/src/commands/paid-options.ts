import type { Command } from 'commander'
import { parseAmount } from '../options/parse-option.js'
import { addPayingNetworks } from './network-options.js'

/** The words for `--max-amount`. */
export const maxAmountHelp =
  'the most that one payment may cost, in dollars, such as 0.25; a lower limit of bursar limits holds too'

/** Adds the options of verbs that pay a service. */
export function addPaidOptions(command: Command): Command {
  return addPayingNetworks(command)
    .option('--url <base>', 'where the service is, when not at its own address')
    .option('--max-amount <usd>', maxAmountHelp, parseAmount)
    .option('--json', 'for programs')
}
