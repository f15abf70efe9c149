import { type Clock, type Ledger, systemClock } from '@bursar/core'
import { describe, onTestFinished } from 'vitest'
import { accountCallsContract } from './testing/account-calls.js'
import { balanceCallsContract } from './testing/balance-calls.js'
import { boughtContract } from './testing/bought.js'
import { budgetsContract } from './testing/budgets.js'
import { careContract } from './testing/care.js'
import type { CaredLedger } from './testing/cared-ledger.js'
import { chargesContract } from './testing/charges.js'
import { guardsContract } from './testing/guards.js'
import { joinedReservationsContract } from './testing/joined-reservations.js'
import { listsContract } from './testing/lists.js'
import { otherMoneyContract } from './testing/other-money.js'
import { purchasesContract, type StoreTraits } from './testing/purchases.js'
import { questionsContract } from './testing/questions.js'
import { resumptionContract } from './testing/resumption.js'
import { withdrawnContract } from './testing/withdrawn.js'

export type { CaredLedger } from './testing/cared-ledger.js'
export type { StoreTraits } from './testing/purchases.js'

/**
 * The tests that every store passes. Call it in a test file of vitest's.
 *
 * @param name of the store, for the report.
 * @param openLedger opens an empty ledger on the clock given; it is closed when its test ends.
 * @param traits what the store differs in.
 */
export function ledgerContract(
  name: string,
  openLedger: (clock: Clock) => Ledger | Promise<Ledger>,
  traits?: StoreTraits
): void {
  async function open(clock: Clock = systemClock): Promise<Ledger> {
    const ledger = await openLedger(clock)
    onTestFinished(() => ledger.close())
    return ledger
  }

  describe(name, () => {
    budgetsContract(open)
    guardsContract(open)
    purchasesContract(open, traits)
    resumptionContract(open)
    joinedReservationsContract(open)
    withdrawnContract(open)
    listsContract(open)
    questionsContract(open)
    boughtContract(open)
    otherMoneyContract(open)
    chargesContract(open)
    accountCallsContract(open)
    balanceCallsContract(open)
  })
}

/**
 * The tests that every store passes that forgets what is long over, and that is backed up and restored.
 *
 * @param name of the store, for the report.
 * @param openLedger opens an empty ledger on the clock given; it is closed when its test ends.
 */
export function ledgerCareContract(
  name: string,
  openLedger: (clock: Clock) => CaredLedger | Promise<CaredLedger>
): void {
  describe(name, () => careContract(openLedger))
}
