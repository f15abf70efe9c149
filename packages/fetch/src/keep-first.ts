/**
 * Makes a call that has its answer once the answer is kept. If it is not kept, because this throws or the process ends, an
 * equal call gets it without paying again.
 *
 * @param call makes the call with `answerKept`, and resolves when its answer is kept.
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 *
 * await keepFirst(async (answerKept) => {
 *   const response = await bursar.fetch(url, { bursar: { answerKept } })
 *   await writeFile('report.json', new Uint8Array(await response.arrayBuffer()))
 * })
 * ```
 */
export async function keepFirst<Value>(call: (answerKept: Promise<void>) => Promise<Value>): Promise<Value> {
  let settle: { kept(): void; lost(error: unknown): void } | undefined
  const answerKept = new Promise<void>((kept, lost) => {
    settle = { kept, lost }
  })
  // A call that is rejected listens to it no more.
  answerKept.catch(() => {})
  try {
    const value = await call(answerKept)
    settle?.kept()
    return value
  } catch (error) {
    settle?.lost(error)
    throw error
  }
}
