import type { JsonObject } from '@bursar/core'
import { asCount, asObject, asText } from '../json-fields.js'

/** Every effort that a chat can ask for, the least first. */
const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const

type Effort = (typeof efforts)[number]

/** Which efforts a model takes, by its name, as its makers document them. Another model takes none. */
const taken: readonly (readonly [name: RegExp, efforts: readonly Effort[]])[] = [
  [/(?:^|\/)grok-4[.-]3\b/, ['none', 'low', 'medium', 'high']],
  [/(?:^|\/)deepseek-v4\b/, ['high', 'xhigh']],
  [/(?:^|\/)(?:gpt-5|gpt-oss|o[134])\b/, ['low', 'medium', 'high']],
  [/(?:^|\/)gemini-(?:2[.-]5|3)\b/, ['low', 'medium', 'high']]
]

/** Tokens of thinking, up to which an effort is meant. */
const budgets: readonly (readonly [tokens: number, effort: Effort])[] = [
  [4096, 'low'],
  [16_384, 'medium']
]

/**
 * The effort that a request of Messages asks for, as a chat has it: the nearest that the model takes.
 *
 * @returns nothing where the request asks for none, or the model takes none.
 */
export function reasoningEffort({ model, thinking, output_config: config }: JsonObject): Effort | undefined {
  const [, own = []] = taken.find(([name]) => name.test(asText(model))) ?? []
  const { type, budget_tokens: budget } = asObject(thinking)
  if (type === 'disabled') return own.find((effort) => efforts.indexOf(effort) <= efforts.indexOf('low'))
  const asked = effortNamed(asText(asObject(config).effort))
  return nearest(own, asked ?? (type === 'enabled' ? effortOf(asCount(budget)) : undefined))
}

function effortNamed(name: string): Effort | undefined {
  return name === 'max' ? 'xhigh' : efforts.find((effort) => effort === name)
}

function effortOf(budget: number): Effort {
  return budgets.find(([tokens]) => budget <= tokens)?.[1] ?? 'high'
}

/** As much as is asked for, else the most that there is. */
function nearest(own: readonly Effort[], asked: Effort | undefined): Effort | undefined {
  if (asked === undefined) return undefined
  return own.find((effort) => efforts.indexOf(effort) >= efforts.indexOf(asked)) ?? own.at(-1)
}
