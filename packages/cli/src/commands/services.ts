import { Argument, type Command, Option } from 'commander'
import type { GetContext } from '../context.js'
import { parseAmount, parseCount, parsePort } from '../options/parse-option.js'
import { configuredPrograms } from '../proxy/program-settings.js'
import { addGenerationCommands } from './generation.js'
import { addNetworks } from './network-options.js'
import { addPaidOptions } from './paid-options.js'

/** Verbs that use one service. */
export function addServiceCommands(program: Command, context: GetContext): void {
  addPaidOptions(program.command('topup [amount]'))
    .description('put USDC on the prepaid balance at a service')
    .addOption(new Option('--service <name>', 'where').choices(['katana', 'venice']).default('katana'))
    .option('--keep-above <usdc>', 'only when the balance holds less, by --by; for cron', parseAmount)
    .option('--by <usdc>', 'with --keep-above: by how much; a day costs no more than twice that', parseAmount)
    .action(async (amount, options) => (await import('../verbs/topup.js')).topUp(context(), amount, options))
  addBalanceCommands(program, context)
  addGenerationCommands(program, context)
  addPaidOptions(program.command('chat <prompt>'))
    .description('ask a text model of imgnAI Katana')
    .option('--model <name>', 'see bursar models text', 'qwen3-6-flash')
    .option('--system <text>', 'instructions for the model')
    .option('--max-tokens <count>', 'of the answer; a direct payment charges all of them', parseCount, 1024)
    .addOption(
      new Option('--billing <how>', 'auto: from the prepaid balance if that holds enough; key: streams')
        .choices(['auto', 'direct', 'wallet', 'key'])
        .default('auto')
    )
    .action(async (prompt, options) => (await import('../verbs/chat.js')).chat(context(), prompt, options))
  addEnvCommand(program, context)
  program
    .command('models [filter]')
    .description('list what Katana sells: image, video, text, or a part of a name; in full by a name')
    .option('--live', 'ask Katana, instead of what this version knows; free')
    .option('--url <base>', 'where Katana is, when not at its own address')
    .option('--json', 'for programs')
    .action(async (filter, options) =>
      (await import('../verbs/models.js')).models(context(), filter, options)
    )
}

function addBalanceCommands(program: Command, context: GetContext): void {
  addNetworks(program.command('transactions'))
    .description('list the movements on the prepaid balance at a service, newest first')
    .addOption(new Option('--service <name>', 'where').choices(['katana', 'venice']).default('katana'))
    .option('--url <base>', 'where the service is, when not at its own address')
    .option('--json', 'for programs: one line each')
    .action(async (options) => (await import('../verbs/transactions.js')).transactions(context(), options))
  addNetworks(program.command('proof'))
    .description('print a header that spends the prepaid balance at Katana, for curl')
    .option('--url <base>', 'where Katana is, when not at its own address')
    .option('--json', 'for programs')
    .action(async (options) => (await import('../verbs/proof.js')).proof(context(), options))
}

function addEnvCommand(program: Command, context: GetContext): void {
  program
    .command('env')
    .description(
      'print what codex, opencode, continue or open-webui needs to use the proxy; or claude or openai a relay, outside all limits'
    )
    .addArgument(new Argument('<program>').choices(['claude', 'openai', ...configuredPrograms]))
    .option('--port <port>', 'of the proxy', parsePort, 8402)
    .option('--model <name>', 'that the program asks for', 'qwen3-6-flash')
    .addOption(
      new Option('--service <name>', 'the relay')
        .choices(['openclaw', 'tokenhot', 'tokenhub'])
        .default('openclaw')
    )
    .option('--json', 'for programs')
    .action(async (name, options) => (await import('../verbs/env.js')).printEnv(context(), name, options))
}
