import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { ToolsContext } from '../context.js'
import { answerSpending } from '../host/answer-call.js'
import { toolCallOf } from '../host/tool-call.js'
import { checkJob } from './check-job.js'
import { generateImage, generateText, generateVideo } from './generate.js'
import { readOnly, spending, spendsMoney, spendsNothing } from './tool-words.js'

const prompt = z.string().min(1)
const aspectRatio = z.string().describe('such as 16:9; the model decides which there are')

/** Adds the tools for what imgnAI Katana generates. */
export function addGenerationTools(server: McpServer, context: ToolsContext): void {
  addImageTool(server, context)
  addVideoTool(server, context)
  addTextTool(server, context)
  addJobTool(server, context)
}

function addImageTool(server: McpServer, context: ToolsContext): void {
  server.registerTool(
    'generate_image',
    {
      title: 'Generate an image',
      description: `Has imgnAI Katana generate an image and saves it as a file. ${spendsMoney} About 0.02 to 0.20 USDC.`,
      inputSchema: {
        prompt,
        model: z.string().default('gen').describe('image model of imgnAI Katana'),
        aspectRatio: aspectRatio.default('1:1')
      },
      annotations: spending
    },
    (request, extra) =>
      answerSpending(context, toolCallOf(extra), {
        tool: 'generate_image',
        request,
        run: (run) => generateImage(context, request, run)
      })
  )
}

function addVideoTool(server: McpServer, context: ToolsContext): void {
  server.registerTool(
    'generate_video',
    {
      title: 'Generate a video',
      description: `Begins a video at imgnAI Katana and returns its job; check_job saves it when it is done. ${spendsMoney} A video can cost several USDC.`,
      inputSchema: {
        prompt,
        model: z.string().describe('video model of imgnAI Katana, such as ltx-2-3'),
        durationSeconds: z.number().int().positive(),
        aspectRatio: aspectRatio.default('16:9')
      },
      annotations: spending
    },
    (request, extra) =>
      answerSpending(context, toolCallOf(extra), {
        tool: 'generate_video',
        request,
        run: (run) => generateVideo(context, request, run),
        answersWithJob: true
      })
  )
}

function addTextTool(server: McpServer, context: ToolsContext): void {
  server.registerTool(
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
      answerSpending(context, toolCallOf(extra), {
        tool: 'generate_text',
        request,
        run: (run) => generateText(context, request, run)
      })
  )
}

function addJobTool(server: McpServer, context: ToolsContext): void {
  server.registerTool(
    'check_job',
    {
      title: 'Look at a job',
      description: `Says how something stands that was paid for and takes a while, and saves it when it is done. ${spendsNothing}`,
      inputSchema: { job: z.string().min(1).describe('the job that a tool answered with') },
      annotations: { ...readOnly, readOnlyHint: false, destructiveHint: false, idempotentHint: true }
    },
    ({ job }, extra) => checkJob(context, toolCallOf(extra), job)
  )
}
