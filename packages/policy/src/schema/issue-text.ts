import { nearestName } from '@bursar/core'
import type * as z from 'zod'
import { HERE } from './checked.js'
import { nodeAt } from './node-of.js'
import { pathText } from './path-text.js'
import { policySchema } from './policy-schema.js'

type Issue = z.core.$ZodIssue

/** What is wrong with a policy, by the name of the value. */
export function issueText(issue: Issue): string {
  const found = innermost(issue)
  if (found.code === 'unrecognized_keys') return unknownText(found.path, found.keys[0] ?? '')
  const where = pathText(found.path) || 'The policy'
  const { message } = found
  return message.includes(HERE) ? message.replaceAll(HERE, where) : `${where}: ${lowerFirst(message)}`
}

/** Of several shapes that a value may have, the one that it comes nearest to. */
function innermost(issue: Issue): Issue {
  if (issue.code === 'invalid_key') return withPath(issue.issues[0] ?? issue, issue.path)
  if (issue.code !== 'invalid_union') return issue
  const within = issue.errors.map(([first]) => first).filter((each) => each !== undefined)
  const deepest = within.find(({ path }) => path.length > 0)
  return deepest ? innermost(withPath(deepest, [...issue.path, ...deepest.path])) : issue
}

function withPath(issue: Issue, path: PropertyKey[]): Issue {
  return { ...issue, path }
}

function unknownText(path: readonly PropertyKey[], name: string): string {
  const node = nodeAt(policySchema, path)
  const known = node?.kind === 'object' ? Object.keys(node.fields).filter((each) => each !== '$schema') : []
  const nearest = nearestName(name, known)
  const shown = pathText([...path, name.slice(0, 80)])
  if (nearest !== undefined) return `${shown} is not a setting; did you mean ${pathText([...path, nearest])}?`
  const there = pathText(path)
  return `${shown} is not a setting; ${there ? `${there} has` : 'there are'} ${known.join(', ')}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
