import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { McpContext } from './context.js'
import { type Facts, failure, type ToolResult, told } from './tool-result.js'
import { readBalance, readHistory } from './tools/books.js'
import { checkJob, generateImage, generateText, generateVideo } from './tools/generate.js'
import { payUrl, quoteUrl, requestShape } from './tools/pay.js'

const paid = 'SPENDS REAL MONEY (USDC) of the operator, within limits that no tool can change.'
const free = 'Spends nothing.'
const readOnly = { readOnlyHint: true, openWorldHint: true }
const spends = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true }

/**
 * Builds the server's tools. What they may spend, where, and from which accounts is the operator's, fixed before it starts:
 * no tool raises a limit, reads a key or widens the hosts.
 *
 * @see https://modelcontextprotocol.io/specification
 */
export function createMcpServer(context: McpContext, version: string): McpServer {
  const server = new McpServer({ name: 'bursar', version })
  addPayments(server, context)
  addGeneration(server, context)
  addBooks(server, context)
  return server
}

/** Every tool tells its failure as a result, with what happened to the money. */
async function answer(run: Promise<Facts>): Promise<ToolResult> {
  return run.then(told, failure)
}

function addPayments(server: McpServer, context: McpContext): void {
  server.registerTool(
    'quote',
    {
      title: 'Ask the price of a URL',
      description: `Tells what a request costs, and whether it would be paid. ${free} Use it before pay_url.`,
      inputSchema: requestShape,
      annotations: readOnly
    },
    (asked) => answer(quoteUrl(context, asked))
  )
  server.registerTool(
    'pay_url',
    {
      title: 'Pay for a URL',
      description:
        `Sends a request and pays if it is answered 402 Payment Required (x402). ${paid} ` +
        'The same request again, after one that was lost, does not pay twice; after one that was answered, it does. Answers that are no text are saved as files.',
      inputSchema: {
        ...requestShape,
        maxUsdc: z.string().optional().describe('the most to pay, such as "0.05"; can only lower the limit'),
        purchase: z
          .string()
          .max(200)
          .optional()
          .describe('a name for it, such as "invoice-42": bought once for ever')
      },
      annotations: spends
    },
    (asked, { signal }) => answer(payUrl(context, asked, signal))
  )
}

const model = (otherwise: string, kind: string) =>
  z.string().default(otherwise).describe(`${kind} model of imgnAI Katana`)
const aspectRatio = z.string().default('1:1').describe('such as 16:9; the model decides which there are')

function addGeneration(server: McpServer, context: McpContext): void {
  server.registerTool(
    'generate_image',
    {
      title: 'Make a picture',
      description: `Has a picture made by imgnAI Katana and saves it as a file. ${paid} About 0.02 to 0.20 USDC.`,
      inputSchema: { prompt: z.string().min(1), model: model('gen', 'image'), aspectRatio },
      annotations: spends
    },
    (asked, { signal }) => answer(generateImage(context, asked, signal))
  )
  server.registerTool(
    'generate_video',
    {
      title: 'Make a film',
      description: `Begins a film at imgnAI Katana and tells its job; check_job saves it when it is done. ${paid} A film can cost several USDC.`,
      inputSchema: {
        prompt: z.string().min(1),
        model: z.string().describe('video model of imgnAI Katana, such as ltx-2-3'),
        durationSeconds: z.number().int().positive(),
        aspectRatio: z.string().default('16:9')
      },
      annotations: spends
    },
    (asked, { signal }) => answer(generateVideo(context, asked, signal))
  )
  server.registerTool(
    'generate_text',
    {
      title: 'Ask another model',
      description: `Asks a text model at imgnAI Katana. ${paid} The price follows maxTokens, all of which is charged.`,
      inputSchema: {
        prompt: z.string().min(1),
        system: z.string().optional(),
        model: model('qwen3-6-flash', 'text'),
        maxTokens: z.number().int().positive().default(1024)
      },
      annotations: spends
    },
    (asked, { signal }) => answer(generateText(context, asked, signal))
  )
  server.registerTool(
    'check_job',
    {
      title: 'Look at a job',
      description: `Tells how a picture or film stands that was paid for, and saves it when it is done. ${free}`,
      inputSchema: { job: z.string().min(1) },
      annotations: { ...readOnly, readOnlyHint: false, destructiveHint: false, idempotentHint: true }
    },
    ({ job }) => answer(checkJob(context, job))
  )
}

function addBooks(server: McpServer, context: McpContext): void {
  server.registerTool(
    'balance',
    {
      title: 'What is left',
      description: `Tells what the wallets hold, and what is left of each limit. ${free}`,
      annotations: readOnly
    },
    () => answer(readBalance(context))
  )
  server.registerTool(
    'history',
    {
      title: 'What was bought',
      description: `Lists purchases, newest first. ${free}`,
      inputSchema: {
        days: z.number().positive().max(366).default(7),
        limit: z.number().int().positive().max(200).default(20)
      },
      annotations: readOnly
    },
    (asked) => answer(readHistory(context, asked))
  )
}
