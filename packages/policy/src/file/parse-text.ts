import { isJsonObject } from '@bursar/core'
import type { Document } from 'yaml'
import { parsePolicy } from '../schema/parse-policy.js'
import type { Policy } from '../schema/policy-schema.js'
import { isYaml } from './locate-policy.js'
import { policyError, reasonOf } from './policy-error.js'
import { yaml } from './yaml.js'

/** @throws {BursarError} `policy/unreadable` for everything that is not plainly a policy. */
export function parseText(text: string, path: string): Policy {
  try {
    return parsePolicy(isYaml(path) ? toValue(parseYaml(text)) : parseJson(text))
  } catch (cause) {
    throw policyError(path, reasonOf(cause), cause)
  }
}

/**
 * Reads YAML that can be changed, with its comments.
 *
 * @throws {TypeError} also for what YAML has beyond values: several documents, aliases, tags of a program's own.
 */
export function parseYaml(text: string): Document {
  const documents = yaml().parseAllDocuments(text, { uniqueKeys: true, prettyErrors: true })
  const [document, second] = Array.isArray(documents) ? documents : []
  if (document === undefined) throw new TypeError('it is empty; a policy without any setting is {}')
  if (second) throw new TypeError('it holds two documents')
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) throw new TypeError(firstLine(problem.message))
  return document
}

/** @throws {TypeError} for an alias: what it stands for is not to be read from where it is written. */
function toValue(document: Document): unknown {
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  if (value === null) throw new TypeError('it is empty; a policy without any setting is {}')
  return value
}

/** `JSON.parse` takes the last of two members of one name. */
function parseJson(text: string): unknown {
  if (text.trim() === '') throw new TypeError('it is empty; a policy without any setting is {}')
  const value = parseValue(text)
  if (countNames(text) !== countMembers(value)) throw new TypeError('it sets one name twice')
  return value
}

/** What `JSON.parse` says quotes the text around the mistake, where the password of a database may be: that is left out. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TypeError(
      reasonOf(error).replace(/,? (?:\.\.\.)?"[\s\S]*"(?:\.\.\.)? is not valid JSON/, ' is not valid JSON')
    )
  }
}

/** In JSON, a text with a colon behind it is the name of a member, and nothing else is. */
function countNames(json: string): number {
  const texts = json.matchAll(/"(?:[^"\\]|\\.)*"(?<colon>\s*:)?/g)
  return [...texts].filter(({ groups }) => groups?.colon !== undefined).length
}

function countMembers(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + countMembers(each), 0)
  if (!isJsonObject(value)) return 0
  return Object.values(value).reduce<number>((sum, each) => sum + 1 + countMembers(each), 0)
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.replace(/:$/, '') ?? text
}
