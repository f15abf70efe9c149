import * as z from 'zod'
import { issueText } from '../schema/issue-text.js'
import { pathText } from '../schema/path-text.js'
import { type KeyPath, leafAt, parseKey } from './key-path.js'

/** One value by its name. */
export interface Setting {
  readonly path: KeyPath
  readonly value: unknown
}

/**
 * Reads `limits.day=5.00`, as command line and environment say it. A list has commas between its entries.
 *
 * @throws {TypeError} that names the setting, and what is right.
 */
export function parseSetting(text: string): Setting {
  const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (key === '') throw new TypeError(`Write name=value, such as limits.day=5.00, not "${text.slice(0, 40)}"`)
  const path = parseKey(key.trim())
  if (value.trim() === '')
    throw new TypeError(`${key}= has no value. bursar policy unset ${key} removes the setting`)
  return { path, value: parseValue(path, value.trim()) }
}

/** Tries what the text may mean: a list, the text itself, a number, a flag, or JSON. */
function parseValue(path: KeyPath, text: string): unknown {
  const schema = leafAt(path)
  for (const candidate of candidates(text)) {
    const { data } = z.safeParse(schema, candidate)
    if (data !== undefined) return data
  }
  throw new TypeError(reasonFor(schema, path, text))
}

function candidates(text: string): readonly unknown[] {
  const list = text.split(',').map((each) => each.trim())
  const plain: unknown[] = list.length > 1 ? [list, text] : [text, list]
  if (/^-?\d+(?:\.\d+)?$/.test(text)) plain.push(Number(text))
  if (text === 'false' || text === 'true') plain.push(text === 'true')
  return /^[[{]/.test(text) ? [parsedJson(text), ...plain] : plain
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What is wrong with the text, or with the entry of a list that it is. */
function reasonFor(schema: z.core.$ZodType, path: KeyPath, text: string): string {
  const reasons = [text, text.split(',').map((each) => each.trim())].flatMap((tried) => {
    const [issue] = z.safeParse(schema, tried).error?.issues ?? []
    return issue ? issueText({ ...issue, path: [...path, ...issue.path] }) : []
  })
  return reasons.find((reason) => reason.startsWith(`${pathText(path)}[`)) ?? reasons[0] ?? pathText(path)
}
