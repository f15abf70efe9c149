import { nearestName } from '@bursar/core'
import type { CommandContext } from '../context.js'
import { paint } from '../text/color.js'
import { explainError, explainedCodes } from '../text/explain-error.js'
import { markdownText } from '../text/markdown-text.js'
import { UsageError } from '../usage-error.js'

/** Prints what an error code means: what happened to the money, why, and what to do. */
export async function explain(
  context: CommandContext,
  code: string | undefined,
  { json }: { readonly json?: boolean }
): Promise<void> {
  if (code === undefined) {
    const codes = await explainedCodes()
    return context.out(json ? `${JSON.stringify({ codes })}\n` : `${codes.join('\n')}\n`)
  }
  const text = await explainError(code)
  if (text !== undefined)
    return context.out(json ? `${JSON.stringify({ code, text })}\n` : explanation(context, code, text))
  const shown = code.slice(0, 60)
  const codes = await explainedCodes()
  // Many leave out the area, which is before the stroke.
  const nearest = codes.find((each) => each.endsWith(`/${shown}`)) ?? nearestName(shown, codes)
  const hint = nearest === undefined ? 'bursar explain lists them all' : `Did you mean ${nearest}?`
  throw new UsageError(`There is no error code "${shown}". ${hint}`)
}

function explanation(context: CommandContext, code: string, text: string): string {
  return `${paint(code, 'bold', context)}\n\n${markdownText(context, text)}\n`
}
