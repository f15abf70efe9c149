import type { MergedValue, SourcedValue } from '@bursar/policy'
import type { Column } from '../text/table.js'

/** Where the file is, and what is left of a limit. */
interface Around {
  readonly left: string | undefined
  readonly file: string
}

/** A line about a setting. */
interface Line {
  readonly name: string
  readonly value: string
  readonly from: string
}

/** The columns of settings. */
export const settingColumns: readonly Column<Line>[] = [
  { header: 'Setting', cell: ({ name }) => name, wraps: true, shrink: { order: 1, min: 26 } },
  { header: 'Value', cell: ({ value }) => value, wraps: true, shrink: { order: 2, min: 18 } },
  { header: 'From', cell: ({ from }) => from, wraps: true, shrink: { order: 3, min: 12 } }
]

/** One setting: its name, its value, what is left, where it comes from; and a line for what else was said. */
export function settingLines(setting: MergedValue, { left, file }: Around): readonly Line[] {
  const { key, others } = setting
  const rest = left === undefined ? '' : ` (${left} left)`
  const line = {
    name: key,
    value: `${valueText(key, setting.value)}${rest}`,
    from: sourceText(setting, file)
  }
  const unheeded = others.map((other) => ({
    name: '',
    value: valueText(key, other.value),
    from: `${sourceText(other, file)}, does not hold`
  }))
  return [line, ...unheeded]
}

/** One setting for programs. */
export function settingJson({ key, value, source, name, others }: MergedValue, left: string | undefined) {
  return {
    name: key,
    value: shownValue(key, value),
    source,
    from: name,
    left: left ?? null,
    others: others.map((other) => ({
      value: shownValue(key, other.value),
      source: other.source,
      from: other.name
    }))
  }
}

function valueText(key: string, value: unknown): string {
  const shown = shownValue(key, value)
  if (Array.isArray(shown))
    return shown.map((each) => (typeof each === 'object' ? JSON.stringify(each) : each)).join(', ')
  return String(shown)
}

/** URLs may hold a key or a password, in what is behind the host: it is not shown. */
function shownValue(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => shownValue(key, each))
  const hidesUrl = /^(?:rpcUrls\.|notify\.url$|ledger$)/.test(key)
  if (!hidesUrl || typeof value !== 'string' || !URL.canParse(value)) return value
  const { protocol, host, pathname, search, username } = new URL(value)
  // A path of Windows, such as C:\data, has a protocol of one letter.
  if (host === '' && !/^[a-z]{2,}:\/\//i.test(value)) return value
  const hidden = pathname.length > 1 || search !== '' || username !== ''
  return `${protocol}//${host}${hidden ? '/…' : ''}`
}

function sourceText({ source, name }: SourcedValue, file: string): string {
  return source === 'file' && name === file ? 'file' : name
}
