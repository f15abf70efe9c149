import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'

/** Everything that is known of one model, a line each. */
export function modelText(model: JsonObject): string {
  const lines = Object.entries(model).filter(([name, value]) => name !== 'raw' && valueText(value) !== '')
  const width = Math.max(...lines.map(([name]) => name.length))
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${valueText(value)}\n`).join('')
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
