import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatUsdc, parseUsdc } from '@bursar/core'
import type { BursarRequestInit } from '@bursar/fetch'
import { z } from 'zod'
import type { McpContext } from '../context.js'
import { spending } from '../spend-report.js'
import type { Facts } from '../tool-result.js'

/** As much of a body as a model is given. */
const MAX_SHOWN = 50_000

/** A request as a model writes it. */
export const requestShape = {
  url: z.string().describe('https URL'),
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .optional()
    .describe('default GET, POST with a body'),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional().describe('the body as text; JSON is sent as such')
}

type Asked = { [Name in keyof typeof requestShape]?: z.infer<(typeof requestShape)[Name]> } & { url: string }

/** Tells what a URL costs. Pays nothing. */
export async function quoteUrl({ bursar }: McpContext, asked: Asked): Promise<Facts> {
  const { status, offers } = await bursar.quote(asked.url, initOf(asked))
  const told = offers.map(({ network, amount, payTo, rejection }) => ({
    network,
    price: `${amount} USDC`,
    payTo,
    wouldBePaid: rejection === undefined,
    ...(rejection ? { why: rejection.message } : {})
  }))
  return { status, asksForPayment: status === 402, offers: told }
}

/** Sends a request and pays for its answer. */
export async function payUrl(
  context: McpContext,
  { maxUsdc, purchase, ...asked }: Asked & { maxUsdc?: string | undefined; purchase?: string | undefined },
  signal: AbortSignal
): Promise<Facts> {
  const most = maxUsdc === undefined ? undefined : parseUsdc(maxUsdc)
  return spending(context, async (labels) => {
    // Before it pays: an answer that cannot be kept is not worth it.
    await mkdir(context.folder, { recursive: true })
    await access(context.folder, constants.W_OK)
    const response = await context.bursar.fetch(asked.url, {
      ...initOf(asked),
      signal,
      bursar: {
        labels,
        tenant: 'mcp',
        ...(purchase === undefined ? {} : { purchase }),
        // It can only lower what the operator allows.
        rejectionReason: ({ cost }) =>
          most !== undefined && cost > most ? `${formatUsdc(cost)} USDC is more than maxUsdc` : undefined
      }
    })
    const receipt = context.bursar.receiptOf(response)
    return {
      status: response.status,
      paid: receipt ? `${receipt.amount} USDC on ${receipt.network}` : 'nothing',
      ...(receipt?.transaction ? { transaction: receipt.transaction } : {}),
      ...(await shown(response, context))
    }
  })
}

function initOf({ method, headers = {}, body }: Asked): BursarRequestInit {
  const given = new Headers(headers)
  if (body !== undefined && !given.has('content-type') && /^\s*[[{]/.test(body))
    given.set('content-type', 'application/json')
  const asked = { method: method ?? (body === undefined ? 'GET' : 'POST'), headers: given }
  return body === undefined ? asked : { ...asked, body }
}

/** What is kept of an answer. */
const MAX_BYTES = 64 * 1024 * 1024

/** Text is shown, and cut where it is long; what is no text, or was cut, is a file. */
async function shown(response: Response, { folder }: McpContext): Promise<Facts> {
  const bytes = await readUpTo(response, MAX_BYTES)
  const isText = /^(?:text\/|application\/(?:json|xml|[\w.-]+\+(?:json|xml)))/i.test(
    response.headers.get('content-type') ?? 'text/'
  )
  const body = new TextDecoder().decode(bytes.subarray(0, isText ? undefined : 0))
  if (isText && body.length <= MAX_SHOWN) return { body }
  const file = join(folder, `answer-${randomUUID()}.${isText ? 'txt' : 'bin'}`)
  await writeFile(file, bytes, { flag: 'wx' })
  const kept = {
    file,
    bytes: bytes.byteLength,
    ...(bytes.byteLength === MAX_BYTES ? { fileIsCut: true } : {})
  }
  return isText ? { body: body.slice(0, MAX_SHOWN), cut: true, ...kept } : kept
}

async function readUpTo(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length >= most) break
  }
  return Buffer.concat(chunks).subarray(0, most)
}
