/**
 * Checks the purchase protocol exhaustively (`test/model/purchase.pml`), and that the model would notice: with each fix
 * taken back, it must find how something is paid twice.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Check, checkModel } from './model/check-model.js'
import { mutations, runs } from './model/mutations.js'

const folder = mkdtempSync(join(tmpdir(), 'bursar-model-'))
let failed = 0
try {
  for (const definitions of Object.values(runs)) report(checkModel(folder, definitions), 'holds')
  for (const { undo, where = runs.separate, believed } of mutations) {
    console.log(`without: ${believed}`)
    report(checkModel(folder, [undo, ...where]), 'is broken')
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(
  failed === 0
    ? 'model: every check came out as it must'
    : `model: ${failed} checks did not come out as they must`
)
process.exitCode = failed === 0 ? 0 : 1

function report({ definitions, states, isComplete, violated }: Check, expected: 'holds' | 'is broken'): void {
  const came = violated ? 'is broken' : isComplete ? 'holds' : 'was not searched to the end'
  const right = came === expected
  if (!right) failed++
  console.log(
    `${right ? 'ok ' : 'NOT'} ${definitions.join(' ') || 'as it is'}: the promise ${came}, ${states} states`
  )
}
