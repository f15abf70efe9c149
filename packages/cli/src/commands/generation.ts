import { type Command, Option } from 'commander'
import type { GetContext } from '../context.js'
import { collect } from '../options/collect.js'
import { parseCount } from '../options/parse-option.js'
import { addPaidOptions } from './paid-options.js'

const media = 'a file or an https URL'

/** Verbs that have images and videos generated. */
export function addGenerationCommands(program: Command, context: GetContext): void {
  addSharedOptions(program.command('image <prompt>'), 'gen')
    .description('have imgnAI Katana generate or edit an image, and save it')
    .option('--aspect-ratio <ratio>', 'such as 16:9; default: 1:1, or that of the first --image')
    .option('-i, --image <image>', `${media} to edit or to refer to; any number`, collect)
    .option('--negative-prompt <text>', 'what the image must not show')
    .addOption(new Option('--output-format <type>', 'default: png').choices(['png', 'jpeg', 'webp']))
    .addOption(
      new Option('--fast', 'half the resolution for less, paid directly; models of imgnAI').conflicts('uhd')
    )
    .option('--uhd', 'the highest resolution, paid directly; models of imgnAI')
    .option('--prompt-assist', 'have the prompt made into tags; models of imgnAI')
    .action(async (prompt, options) => (await import('../verbs/image.js')).image(context(), prompt, options))
  addVideoOptions(addSharedOptions(program.command('video <prompt>'), 'ltx-2-3'))
    .description('have imgnAI Katana generate a video, wait for it, and save it')
    .action(async (prompt, options) => (await import('../verbs/video.js')).video(context(), prompt, options))
}

function addVideoOptions(command: Command): Command {
  return command
    .option('--aspect-ratio <ratio>', 'such as 9:16; default: 16:9, or that of the first image')
    .option('--duration <seconds>', 'the model decides which there are', parseCount, 5)
    .option('--first-frame <image>', `${media} that the video begins with`)
    .option('--last-frame <image>', `${media} that it ends with`)
    .option('--reference <image>', `${media} of what the video shows; any number`, collect)
    .option('--audio <audio>', `${media} that the video follows; any number`, collect)
    .option('--audio-seconds <count>', 'its length in all, where it is given by URL', parseCount)
    .addOption(
      new Option('--continue <video>', 'a saved video, or the id of its job, to go on from').conflicts(
        'firstFrame'
      )
    )
}

function addSharedOptions(command: Command, model: string): Command {
  return addPaidOptions(command)
    .option('-o, --output <folder>', 'where it is saved', '.')
    .option('--model <name>', `see bursar models ${command.name()}`, model)
    .addOption(
      new Option('--billing <how>', 'wallet: from the prepaid balance; key: the account of KATANA_API_KEY')
        .choices(['direct', 'wallet', 'key'])
        .default('direct')
    )
}
