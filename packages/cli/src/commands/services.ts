import type { Command } from 'commander'
import type { Io } from '../io.js'

/** What the services make. */
export function addServices(program: Command, io: Io): void {
  const generate = () => import('../verbs/generate.js')
  const paid = (command: Command): Command =>
    command
      .option('--url <base>', 'where the service is, when not at its own address')
      .option('--max-amount <usdc>', 'the most that one payment may cost; needed where no limit is set')
      .option('--json', 'for programs')
  const saving = (command: Command): Command =>
    paid(command).option('-o, --output <folder>', 'where it is saved', '.')
  paid(program.command('topup <amount>'))
    .description('puts USDC on the prepaid balance at a service')
    .option('--service <name>', 'katana or venice', 'katana')
    .option('--network <name>', 'base or solana')
    .action(async (amount, options) => (await import('../verbs/topup.js')).topUp(io, amount, options))
  saving(program.command('image <prompt>'))
    .description('has a picture made by imgnAI Katana, and saves it')
    .option('--model <name>', 'see bursar models image', 'gen')
    .option('--aspect-ratio <ratio>', 'such as 16:9', '1:1')
    .action(async (prompt, options) => (await generate()).image(io, prompt, options))
  saving(program.command('video <prompt>'))
    .description('has a film made by imgnAI Katana, waits for it, and saves it')
    .option('--model <name>', 'see bursar models video', 'ltx-2-3')
    .option('--duration <seconds>', 'the model decides which there are', '5')
    .option('--aspect-ratio <ratio>', 'such as 16:9', '16:9')
    .action(async (prompt, options) => (await generate()).video(io, prompt, options))
  paid(program.command('chat <prompt>'))
    .description('asks a text model of imgnAI Katana')
    .option('--model <name>', 'see bursar models text', 'qwen3-6-flash')
    .option('--system <text>', 'what the model is told first')
    .option('--max-tokens <count>', 'of the answer, all of which direct payment charges', '1024')
    .option(
      '--billing <how>',
      'auto (prepaid, if that holds enough), direct, wallet, or key (streams)',
      'auto'
    )
    .action(async (prompt, options) => (await import('../verbs/chat.js')).chat(io, prompt, options))
  program
    .command('env <program>')
    .description(
      'what to export for claude or openai to use a relay directly, outside all limits; or use bursar proxy'
    )
    .option('--service <name>', 'openclaw, tokenhot or tokenhub', 'openclaw')
    .action(async (name, options) => (await import('../verbs/env.js')).settings(io, name, options))
  program
    .command('models [filter]')
    .description('lists what Katana sells, with prices: image, video, text, or a name')
    .option('--json', 'for programs')
    .action(async (filter, options) => (await import('../verbs/models.js')).models(io, filter, options))
}
