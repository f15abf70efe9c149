import type { Parameter, ParameterTable } from '../parameters.js'
import { messageParameters } from './message-parameters.js'

const counted: ReadonlySet<string> = new Set(['messages', 'system', 'tools'])

const { max_tokens: _, ...parameters } = messageParameters

/**
 * What becomes of the parameters of `POST /v1/messages/count_tokens`, which nothing is paid for and no service is asked.
 *
 * @see https://docs.anthropic.com/en/api/messages-count-tokens
 */
export const countParameters: ParameterTable = Object.fromEntries(
  Object.entries(parameters).map(([name, { kinds, isRequired }]): [string, Parameter] => [
    name,
    {
      use: counted.has(name) ? 'mapped' : 'ignored',
      note: counted.has(name) ? 'Counted' : 'It adds no tokens to the estimate',
      ...(kinds ? { kinds } : {}),
      ...(isRequired ? { isRequired } : {})
    }
  ])
)
