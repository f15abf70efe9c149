import type { Command } from 'commander'
import { gather } from '../gather.js'
import type { Io } from '../io.js'

/** What runs until it is stopped. @param end is told the exit code. */
export function addServers(program: Command, io: Io, version: string, end: (code: number) => void): void {
  program
    .command('dev [command...]')
    .description('runs local chains with USDC, and every service; with -- COMMAND, for as long as that runs')
    .option('--network <name>', 'base, solana or all', 'all')
    .option('--port <port>', 'of the services; any free one without')
    .option('--funds <usdc>', 'in each wallet', '100')
    .option('--fork <rpc>', 'begins as Base stands at this endpoint')
    .option('--json', 'what is to be exported, for programs')
    .action(async (command, options) =>
      end(await (await import('../verbs/dev.js')).dev(io, command, options))
    )
  program
    .command('proxy [command...]')
    .description('lets any OpenAI- or Anthropic-compatible program on this machine use a paid service')
    .option('--service <name>', 'katana, openclaw, tokenhot or tokenhub', 'katana')
    .option('--url <base>', 'where the service is, when not at its own address')
    .option('--port <port>', 'of the proxy; 0 for any free one', '8402')
    .option(
      '--agent <name=limits>',
      'such as research=day:1.00,payment:0.05; any number, each with a token',
      gather
    )
    .option('--max-amount <usdc>', 'the most that one call may cost; needed where no limit is set')
    .option('--json', 'the tokens, for programs')
    .action(async (command, options) =>
      end(await (await import('../verbs/proxy.js')).proxy(io, command, options))
    )
  program
    .command('mcp')
    .description('serves tools to an agent host by the Model Context Protocol; limits are fixed here')
    .option(
      '--http',
      'over streamable HTTP on this machine, with a token, and not over standard input and output'
    )
    .option('--port <port>', 'with --http; 0 for any free one', '8403')
    .option('--max-amount <usdc>', 'the most that one payment may cost; needed where no limit is set')
    .option('--allow-host <host>', 'the only hosts that are paid, besides Katana; any number', gather)
    .option('--url <base>', 'where Katana is, when not at its own address')
    .option('-o, --output <folder>', 'where files are saved; default: beside the record')
    .action(async (options) => (await import('../verbs/mcp.js')).mcp(io, version, options))
}
