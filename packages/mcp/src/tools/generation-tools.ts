import * as z from 'zod'
import { answerSpending } from '../host/answer-call.js'
import { resultOf } from '../tool-output.js'
import { checkJob } from './check-job.js'
import { generateText } from './generate-text.js'
import { listModels, modelKinds } from './list-models.js'
import { planImage, planVideo } from './plan-media.js'
import type { ToolSet } from './tool-set.js'
import { readOnly, spending, spendsMoney, spendsNothing } from './tool-words.js'

const MAX_PICTURES = 8

const prompt = z.string().min(1)
const aspectRatio = z.string().optional()
const picture = z.string().min(1).max(2000)
const pictureWords = 'a file of the folder that results are saved in, or an https URL'
const pictures = z.array(picture).max(MAX_PICTURES).optional()

/** Adds the tools for what imgnAI Katana generates. */
export function addGenerationTools(tools: ToolSet) {
  return {
    generate_image: addImageTool(tools),
    generate_video: addVideoTool(tools),
    generate_text: addTextTool(tools),
    check_job: addJobTool(tools),
    models: addModelsTool(tools)
  }
}

function addImageTool({ server, context, readCall }: ToolSet) {
  return server.registerTool(
    'generate_image',
    {
      title: 'Generate an image',
      description: `Has imgnAI Katana generate or edit an image and saves it as a file. ${spendsMoney} About 0.02 to 0.20 USDC.`,
      inputSchema: {
        prompt,
        model: z.string().default('gen').describe('image model of imgnAI Katana'),
        aspectRatio: aspectRatio.describe('such as 16:9; the model decides which there are; default 1:1'),
        negativePrompt: z.string().min(1).optional().describe('what the image must not show'),
        images: pictures.describe(`pictures to edit or to refer to, each ${pictureWords}`)
      },
      annotations: spending
    },
    (request, extra) => answerSpending(context, readCall(extra), planImage(context, request))
  )
}

function addVideoTool({ server, context, readCall }: ToolSet) {
  return server.registerTool(
    'generate_video',
    {
      title: 'Generate a video',
      description: `Begins a video at imgnAI Katana and returns its job; check_job saves it when it is done. The same call again returns the same job, until its video was given. ${spendsMoney} A video can cost several USDC.`,
      inputSchema: {
        prompt,
        model: z.string().describe('video model of imgnAI Katana, such as ltx-2-3'),
        durationSeconds: z.number().int().positive(),
        aspectRatio: aspectRatio.describe('such as 16:9, which is the default'),
        firstFrame: picture.optional().describe(`the picture that it begins with: ${pictureWords}`),
        lastFrame: picture.optional().describe(`the picture that it ends with: ${pictureWords}`),
        references: pictures.describe(`pictures of what it shows, each ${pictureWords}`)
      },
      annotations: spending
    },
    (request, extra) => answerSpending(context, readCall(extra), planVideo(context, request))
  )
}

function addTextTool({ server, context, readCall }: ToolSet) {
  return server.registerTool(
    'generate_text',
    {
      title: 'Ask another model',
      description: `Asks a text model at imgnAI Katana. ${spendsMoney} From a prepaid balance it costs what it uses; a direct payment is charged all of maxTokens.`,
      inputSchema: {
        prompt,
        system: z.string().optional(),
        model: z.string().default('qwen3-6-flash').describe('text model of imgnAI Katana'),
        maxTokens: z.number().int().positive().default(1024)
      },
      annotations: spending
    },
    (request, extra) =>
      answerSpending(context, readCall(extra), {
        tool: 'generate_text',
        request,
        run: (run) => generateText(context, request, run)
      })
  )
}

function addJobTool({ server, context, readCall }: ToolSet) {
  return server.registerTool(
    'check_job',
    {
      title: 'Look at a job',
      description: `Says how something stands that was paid for and takes a while, waits for it, and saves it when it is done. ${spendsNothing}`,
      inputSchema: { job: z.string().min(1).describe('the job that a tool answered with') },
      annotations: { ...readOnly, readOnlyHint: false, destructiveHint: false, idempotentHint: true }
    },
    ({ job }, extra) => checkJob(context, readCall(extra), job)
  )
}

function addModelsTool({ server }: ToolSet) {
  return server.registerTool(
    'models',
    {
      title: 'Models and prices',
      description: `Lists what imgnAI Katana sells, with prices in USD before gas, as this version knows them. ${spendsNothing}`,
      inputSchema: { kind: z.enum(modelKinds) },
      annotations: { ...readOnly, openWorldHint: false }
    },
    ({ kind }) => resultOf({ output: listModels(kind) })
  )
}
