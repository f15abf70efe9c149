import { type Command, Option } from 'commander'
import type { GetContext } from '../context.js'
import { collect } from '../options/collect.js'
import { collectLimit, parseAmount, parseCount, parsePort } from '../options/parse-option.js'
import { addPayingNetworks } from './network-options.js'
import { maxAmountHelp } from './paid-options.js'
import { serveMcp } from './serve-mcp.js'

const limitHelp = 'such as day=5.00, for as long as this runs; any number. A limit on a sum is needed'
const topUpHelp = 'top the prepaid balance at Katana up by so much when a text needs it'
const topUpPerDayHelp = 'the most that such top-ups cost within 24 hours, gas included'

const connectHelp =
  'the tools of this MCP server instead, and pay for them: its URL, or its command, whose arguments may follow --'

const priceHelp = 'of a relay: MODEL=IN,OUT for a million tokens, or MODEL=EACH for a call; any number'

/** Verbs that run until they are stopped. */
export function addServerCommands(program: Command, context: GetContext): void {
  addDevCommands(program, context)
  addProxyCommand(program, context)
  addMcpCommand(program, context)
}

function addDevCommands(program: Command, context: GetContext): void {
  const verbs = () => import('../verbs/dev.js')
  const dev = program
    .command('dev [command...]')
    .description('run local chains with USDC, and every service; with -- COMMAND, for as long as that runs')
    .addOption(new Option('--network <name>', 'the chains').choices(['base', 'solana', 'all']).default('all'))
    .option('--port <port>', 'of the services; any free one without', parsePort)
    .option('--funds <usdc>', 'in each wallet', parseAmount, '100')
    .option('--fork <rpc>', 'fork the chain of this endpoint')
    .option('--testnet', 'Base Sepolia and devnet in place of Base and Solana')
    .option('--json', 'what is to be exported, for programs')
    .action(async (command, options) => (await verbs()).dev(context(), command, options))
  dev
    .command('fund <address> <usdc>')
    .description('put USDC into a wallet of the running stack, whose lines this terminal has')
    .option('--json', 'for programs')
    .action(async (address, amount, options) =>
      (await import('../verbs/dev-fund.js')).fundWallet(context(), { address, amount, ...options })
    )
}

function addProxyCommand(program: Command, context: GetContext): void {
  addPayingNetworks(program.command('proxy [command...]'))
    .description('let OpenAI- and Anthropic-compatible programs on this machine use a paid service')
    .addOption(
      new Option('--service <name>', 'the service')
        .choices(['katana', 'openclaw', 'tokenhot', 'tokenhub', 'venice'])
        .default('katana')
    )
    .option(
      '--upstream <url>',
      'any x402 service instead: requests go through as they are, whatever their path'
    )
    .option('--url <base>', 'where the service is, when not at its own address')
    .option('--port <port>', 'of the proxy; 0 for any free one', parsePort, 8402)
    .option('--bind <address>', 'listen there, such as 0.0.0.0 for containers; needs BURSAR_PROXY_TOKEN')
    .option('--allow-host <name>', 'a name by which containers reach this machine; any number', collect)
    .option('--allow-origin <origin>', 'an origin of web pages that may ask; any number', collect)
    .option('--model <wanted=have>', 'the name that programs ask for, and the service’s; any number', collect)
    .option('--price <model=usd>', priceHelp, collect)
    .option('--agent <name=limits>', 'such as research=day:1.00,payment:0.05; any number', collect)
    .option('--topup <usdc>', topUpHelp, parseAmount)
    .option('--topup-per-day <usdc>', topUpPerDayHelp, parseAmount)
    .option('--max-amount <usd>', maxAmountHelp, parseAmount)
    .option('--limit <name=amount>', limitHelp, collectLimit)
    .option('--keep-images <folder>', 'save the images that Katana makes there as well, for the dashboard')
    .option('--json', 'the tokens, for programs')
    .action(async (command, options) =>
      (await import('../verbs/proxy.js')).proxy(context(), command, options)
    )
}

function addMcpCommand(program: Command, context: GetContext): void {
  addPayingNetworks(program.command('mcp [arguments...]'))
    .description('give an agent host tools that pay, by the Model Context Protocol; limits are fixed here')
    .option('--connect <server>', connectHelp)
    .option('--http', 'over HTTP on this machine, with a token, instead of standard input and output')
    .option('--port <port>', 'with --http; 0 for any free one', parsePort, 8403)
    .option('--max-amount <usd>', maxAmountHelp, parseAmount)
    .option('--limit <name=amount>', limitHelp, collectLimit)
    .option('--topup <usdc>', topUpHelp, parseAmount)
    .option('--topup-per-day <usdc>', topUpPerDayHelp, parseAmount)
    .option('--allow-host <host>', 'the only hosts that are paid, besides Katana; any number', collect)
    .option('--url <base>', 'where Katana is, when not at its own address')
    .option(
      '--tools <names>',
      'the only tools that are offered, such as quote,pay_url; default: all but top_up'
    )
    .option(
      '--confirm-above <usd>',
      'ask the person at the host about dearer payments, if it can',
      parseAmount
    )
    .addOption(
      new Option(
        '--unconfirmed <what>',
        'what becomes of them when nobody answers; pay: the limits alone decide; default: what the policy says, else pay'
      ).choices(['pay', 'refuse'])
    )
    .option('-o, --output <folder>', 'where files are saved; default: a folder in the temporary one')
    .option(
      '--input <folder>',
      'pictures that a model may send to Katana, besides those in the folder of files'
    )
    .option('--max-files <count>', 'how many generated files the folder may have; default: 1000', parseCount)
    .option('--max-megabytes <count>', 'how large they may be together; default: 2147', parseCount)
    .addOption(
      new Option('--pictures <when>', 'show pictures to models, beside their files; auto: where the host can')
        .choices(['auto', 'always', 'never'])
        .default('auto')
    )
    .option('--json', 'for programs, as --http prints it in any case')
    .action((commandArguments, _, command) => serveMcp(context(), commandArguments, command))
}
