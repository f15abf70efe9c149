import type { Bursar } from 'bursar'

/** What came of a call: how it ended, and what the wallet's user was asked. */
export interface Attempt {
  readonly outcome: unknown
  readonly questions: readonly string[]
  /** Purchases that hold a part of the budget. */
  readonly open: number
}

interface Call {
  readonly url: string
  readonly patienceMs?: number
  /** How long it stays afterwards, to see what its user is asked then. Default: not at all. */
  readonly staysMs?: number
  readonly questions: readonly string[]
}

/** Pays for a page, and reads how it ended as the page's own code would. */
export async function attempt(
  bursar: Bursar,
  { url, patienceMs, staysMs = 0, questions }: Call
): Promise<Attempt> {
  const signal = patienceMs === undefined ? null : AbortSignal.timeout(patienceMs)
  const outcome = await bursar.fetch(url, { signal }).then(
    (response) => ({ status: response.status, money: bursar.receiptOf(response)?.moneyState }),
    (error) => ({
      code: error.code,
      name: error.name,
      money: error.moneyState,
      problem: error.context?.problem,
      reason: error.context?.reason
    })
  )
  await new Promise((gone) => setTimeout(gone, staysMs))
  return { outcome, questions, open: (await bursar.outstanding()).length }
}
