import { assertType, it } from 'vitest'
import type { StackEnv } from './stack-env.js'

it('the environment of a stack is one for a child process, and a record of texts', () => {
  const env = {} as StackEnv
  assertType<NodeJS.ProcessEnv>(env)
  assertType<Readonly<Record<string, string | undefined>>>({ ...process.env, ...env })
})
