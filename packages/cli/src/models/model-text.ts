import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { fieldsText } from '../text/fields-text.js'
import type { Screen } from '../text/table.js'

/** Everything that is known of one model, a line each. */
export function modelText(screen: Screen, model: JsonObject): string {
  const known = Object.entries(model).filter(([name]) => name !== 'raw')
  return fieldsText(
    screen,
    known.map(([name, value]) => [name, valueText(value)])
  )
}

function valueText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  if (!isJsonObject(value)) return String(value)
  if ('seconds' in value) return `${value.seconds} s for ${value.usd} USD`
  return Object.entries(value)
    .map(([name, each]) => `${name} ${valueText(each)}`)
    .join(', ')
}
