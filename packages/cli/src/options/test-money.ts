import type { Purchase } from '@bursar/core'
import type { Env } from '../io.js'
import { isTestnet } from './network-options.js'

/** All purchases; with `--testnet`, those that were paid with test money. */
export function purchasesOf(env: Env, purchases: AsyncIterable<Purchase>): AsyncIterable<Purchase> {
  return isTestnet(env) ? ofTestMoney(purchases) : purchases
}

/** All purchases, to be added up; with `--testnet`, those of test money, as if it were worth what it says. */
export function countedOf(env: Env, purchases: AsyncIterable<Purchase>): AsyncIterable<Purchase> {
  return isTestnet(env) ? countedTestMoney(purchases) : purchases
}

async function* ofTestMoney(purchases: AsyncIterable<Purchase>): AsyncGenerator<Purchase, void, undefined> {
  for await (const purchase of purchases) if (purchase.offer.isTest) yield purchase
}

async function* countedTestMoney(
  purchases: AsyncIterable<Purchase>
): AsyncGenerator<Purchase, void, undefined> {
  for await (const purchase of ofTestMoney(purchases)) yield counted(purchase)
}

function counted<Made extends Purchase>(purchase: Made): Made {
  return { ...purchase, offer: { ...purchase.offer, isTest: undefined } }
}
