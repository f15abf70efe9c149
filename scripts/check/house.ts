/** Checks every tracked TypeScript file against the house rules. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { checkFile } from './arrows.js'

const tracked = execFileSync('git', ['ls-files', 'packages/*.ts', 'test/*.ts', 'scripts/*.ts'], {
  encoding: 'utf8'
})
const paths = tracked.split('\n').filter((path) => path !== '' && !path.endsWith('check/arrows.test.ts'))
const problems = paths.flatMap((path) => checkFile({ path, text: readFileSync(path, 'utf8') }))
for (const problem of problems) console.error(problem)
console.log(`house rules: ${paths.length} files, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
