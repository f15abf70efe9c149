/** Compiles every `@example` of every docstring. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { brokenExamples } from './docstring-examples.js'

const tracked = execFileSync('git', ['ls-files', 'packages/*/src/*.ts', 'packages/*/src/*.tsx'], {
  encoding: 'utf8'
})
const paths = tracked
  .trim()
  .split('\n')
  .filter((path) => !/\.test(?:-d)?\.tsx?$/.test(path))
const files = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const broken = brokenExamples(files, process.cwd())
for (const { place, problem } of broken) console.error(`${place}: ${problem}`)
console.log(`examples of docstrings: ${broken.length} problems`)
process.exitCode = broken.length === 0 ? 0 : 1
