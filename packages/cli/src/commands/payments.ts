import type { Command } from 'commander'
import type { GetContext } from '../context.js'
import { collect } from '../options/collect.js'
import { parseAmount, parseCount } from '../options/parse-option.js'
import { parseSignIn } from '../options/sign-in-option.js'
import { addNetworks, addPayingNetworks } from './network-options.js'
import { maxAmountHelp } from './paid-options.js'

/** Verbs that pay, and verbs that say what paying would do. */
export function addPaymentCommands(program: Command, context: GetContext): void {
  addRequestOptions(program.command('pay <url>'))
    .description('send a request and pay for its answer')
    .option('-o, --output <file>', 'write the answer to a file')
    .option('--max-bytes <count>', 'the most bytes of the answer', parseCount)
    .option('-i, --include', 'print status and headers before the answer')
    .option('--name <name>', 'buy it once under this name, whatever happens')
    .option('--sign-in <when>', 'instead of paying again: bought (default), always or never', parseSignIn)
    .action(async (url, options) => (await import('../verbs/pay.js')).pay(context(), url, options))
  addRequestOptions(program.command('quote <url>'))
    .description('say what a request costs and what would reject it; pays nothing')
    .action(async (url, options) => (await import('../verbs/quote.js')).quote(context(), url, options))
  addNetworks(program.command('balance'))
    .description('show USDC and gas of every account; needs no passphrase')
    .option('--json', 'for programs')
    .action(async (options) => (await import('../verbs/balance.js')).balance(context(), options))
  addPayingNetworks(program.command('doctor [url]'))
    .description('check keys, chains, limits and record, and what a URL asks; pays nothing')
    .option('--json', 'for programs')
    .action(async (url, options) => (await import('../verbs/doctor.js')).doctor(context(), url, options))
}

function addRequestOptions(command: Command): Command {
  return addRequest(addPayingNetworks(command))
    .option('--max-amount <usd>', maxAmountHelp, parseAmount)
    .option('--json', 'for programs')
}

/** Adds what says which request is meant, as curl's options do. */
export function addRequest(command: Command): Command {
  return command
    .option('-X, --request <method>', 'default: GET, and POST with a body')
    .option('-H, --header <header>', 'such as "Accept: text/csv"; any number', collect)
    .option('-d, --data <text>', 'the body, or @file; sent as JSON where it looks so')
    .option('--data-binary <bytes>', 'the body as it is, or @file')
    .option('-F, --form <field>', 'name=value or name=@file; any number', collect)
}
