import { existsSync } from 'node:fs'
import { access, constants, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Receipt } from '@bursar/fetch'
import { openAccounts } from '../accounts.js'
import { exitCodes } from '../exit-code.js'
import type { Io } from '../io.js'
import { limitsFor } from '../limits-file.js'
import { networkName } from '../network-name.js'

/** What `pay` and `quote` are asked, as curl asks it. */
export interface RequestOptions {
  readonly request?: string
  readonly header?: readonly string[]
  readonly data?: string
  readonly dataBinary?: string
  readonly form?: readonly string[]
}

/** What `pay` is asked. */
export interface PayOptions extends RequestOptions {
  readonly maxAmount?: string
  readonly output?: string
  readonly include?: boolean
  readonly name?: string
  readonly json?: boolean
}

/** Sends a request and pays for its answer. @returns the exit code */
export async function pay(io: Io, url: string, options: PayOptions): Promise<number> {
  if (!URL.canParse(url)) throw new TypeError(`${url} is no URL: write https://…`)
  // Before it pays: an answer that cannot be kept is not worth it.
  if (options.output !== undefined)
    await access(existsSync(options.output) ? options.output : dirname(options.output), constants.W_OK)
  const bursar = await openAccounts(io, limitsFor(io.env, options.maxAmount))
  try {
    const init = await initOf(options)
    const purchase = options.name === undefined ? {} : { bursar: { purchase: options.name } }
    const response = await bursar.fetch(url, { ...init, ...purchase })
    const body = new Uint8Array(await response.arrayBuffer())
    const receipt = bursar.receiptOf(response)
    if (options.json) io.out(`${JSON.stringify(told(response, receipt, body))}\n`)
    else await deliver(io, response, body, options, receipt)
    io.tell(receipt ? paidWords(receipt) : `Nothing was paid for it (${response.status}).\n`)
    if (response.ok) return exitCodes.done
    return receipt ? exitCodes.paidWithoutAnswer : exitCodes.failed
  } finally {
    await bursar.close()
  }
}

async function deliver(
  io: Io,
  response: Response,
  body: Uint8Array,
  { include, output }: PayOptions,
  receipt: Receipt | undefined
): Promise<void> {
  if (include) io.out(headOf(response))
  if (output !== undefined) {
    try {
      return await writeFile(output, body)
    } catch (error) {
      // It is paid for: better here than nowhere.
      if (receipt) io.tell(`${output} could not be written (${String(error)}); the answer follows.\n`)
      else throw error
    }
  }
  io.out(body)
  // On a terminal, what it cost comes on a line of its own.
  if (io.ask && body.at(-1) !== LINE_BREAK) io.tell('\n')
}

const LINE_BREAK = 10

/** Reads the request as curl does: `@` names a file, and a body makes it a POST. @throws {TypeError} */
export async function initOf(options: RequestOptions): Promise<RequestInit> {
  const body = await bodyOf(options)
  const headers = new Headers((options.header ?? []).map(headerOf))
  if (typeof body === 'string' && !headers.has('content-type')) headers.set('content-type', typeOf(body))
  const method = options.request ?? (body === undefined ? 'GET' : 'POST')
  return { method, headers, ...(body === undefined ? {} : { body }) }
}

async function bodyOf({ data, dataBinary, form = [] }: RequestOptions): Promise<BodyInit | undefined> {
  const given = [data, dataBinary].filter((each) => each !== undefined).length + (form.length > 0 ? 1 : 0)
  if (given > 1) throw new TypeError('Give one of -d, --data-binary and -F')
  if (form.length > 0) return formOf(form)
  const text = data ?? dataBinary
  if (!text?.startsWith('@')) return text
  const bytes = await readFile(text.slice(1))
  return data === undefined ? new Uint8Array(bytes) : bytes.toString()
}

async function formOf(fields: readonly string[]): Promise<FormData> {
  const form = new FormData()
  for (const field of fields) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(field) ?? []
    if (name === '') throw new TypeError(`-F wants name=value or name=@file, not "${field.slice(0, 40)}"`)
    if (!value.startsWith('@')) form.append(name, value)
    else form.append(name, new Blob([await readFile(value.slice(1))]), basename(value.slice(1)))
  }
  return form
}

/** curl says a form of -d; nearly every paid API wants JSON, which shows. */
function typeOf(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json' : 'application/x-www-form-urlencoded'
}

function headerOf(text: string): [string, string] {
  const at = text.indexOf(':')
  if (at < 1) throw new TypeError('-H wants "Name: value"')
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

function headOf({ status, headers }: Response): string {
  return `HTTP ${status}\n${[...headers].map(([name, value]) => `${name}: ${value}\n`).join('')}\n`
}

function told(response: Response, receipt: Receipt | undefined, body: Uint8Array) {
  const text = new TextDecoder().decode(body)
  const { amountAtomic, ...rest } = receipt ?? { amountAtomic: 0n }
  return {
    status: response.status,
    receipt: receipt ? { ...rest, amountAtomic: String(amountAtomic) } : null,
    body: text
  }
}

/** One line that says what it cost. */
function paidWords({ amount, network, transaction, resumed }: Receipt): string {
  const how = resumed ? 'Taken up again: paid' : 'Paid'
  return `${how} ${amount} USDC on ${networkName(network)}${transaction ? `, ${transaction}` : ''}.\n`
}
