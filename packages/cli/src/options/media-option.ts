import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { file, type MediaInput } from '@bursar/generation/katana'

/** Anything with a scheme is judged as a URL. A drive's letter is none. */
const url = /^[a-z][a-z\d+.-]+:/i

/** The media that an option names: a URL goes to the service as it is, anything else is a file. */
export function mediaOption(text: string): MediaInput {
  return url.test(text) ? text : file(text)
}

/** By what a file that is given again is the same. What cannot be read is reported when it is needed. */
export function mediaIdentity(text: string): string {
  if (url.test(text)) return text
  const { size = 0, mtimeMs = 0 } = statSync(text, { throwIfNoEntry: false }) ?? {}
  return `${resolve(text)} ${size} ${mtimeMs}`
}
