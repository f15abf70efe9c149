import { findNetwork, parseUsdc, sameAddress } from '@bursar/core'
import { parsePolicy } from '../schema/parse-policy.js'
import type { Policy } from '../schema/policy-schema.js'
import { leavesOf, policyOf } from '../settings/leaves.js'
import type { Setting } from '../settings/parse-setting.js'
import { commonHosts } from './hosts.js'
import { commonTopUp } from './top-up-rules.js'

/** What of a policy guards money. Of the rest, none is stricter than another. */
export function guardsOf(policy: Policy): Policy {
  const { limits, allow, maxPriceIncrease, confirm, topUp } = policy
  return {
    ...(limits ? { limits } : {}),
    ...(allow ? { allow } : {}),
    ...(maxPriceIncrease === undefined ? {} : { maxPriceIncrease }),
    ...(confirm ? { confirm } : {}),
    ...(topUp ? { topUp } : {})
  }
}

/** Everything else: how a program is set up, which it reads when it starts. */
export function othersOf(policy: Policy): Policy {
  const { limits: _, allow: __, maxPriceIncrease: ___, confirm: ____, topUp: _____, ...others } = policy
  return others
}

/** The policy that allows what both allow, and nothing else. What does not guard money is of the first. */
export function stricterOf(first: Policy, second: Policy): Policy {
  const allow = commonAllow(first.allow ?? {}, second.allow ?? {})
  const factors = [first.maxPriceIncrease, second.maxPriceIncrease].filter((each) => each !== undefined)
  const confirm = commonConfirm(first.confirm, second.confirm)
  const topUp = commonTopUp(first.topUp, second.topUp)
  return parsePolicy({
    ...othersOf(first),
    ...lowestLimits(first, second),
    ...(Object.keys(allow).length > 0 ? { allow } : {}),
    ...(factors.length > 0 ? { maxPriceIncrease: Math.min(...factors) } : {}),
    ...(confirm ? { confirm } : {}),
    ...(topUp ? { topUp } : {})
  })
}

/** Each limit that either sets, and of those that both set, the lower one. */
function lowestLimits(first: Policy, second: Policy): object {
  const lowest = new Map<string, Setting>()
  for (const { limits = {} } of [first, second])
    for (const setting of leavesOf({ limits })) {
      const key = JSON.stringify(setting.path)
      const before = lowest.get(key)
      if (!before || atomic(setting) < atomic(before)) lowest.set(key, setting)
    }
  return Object(policyOf([...lowest.values()]))
}

function atomic({ value }: Setting): bigint {
  return parseUsdc(String(value))
}

type Allow = NonNullable<Policy['allow']>

function commonAllow(first: Allow, second: Allow): Allow {
  const hosts = commonHosts(first.hosts, second.hosts)
  const networks = commonNetworks(first.networks, second.networks)
  const assets = commonAddresses(first.assets, second.assets)
  const payees = commonPayees(first.payees, second.payees)
  return {
    ...(hosts ? { hosts } : {}),
    ...(networks ? { networks } : {}),
    ...(assets ? { assets } : {}),
    ...(payees ? { payees } : {})
  }
}

/**
 * Accounts that are named and a pin cannot hold together, and each allows what the other refuses: what held goes on, and the other
 * waits for a new start.
 */
function commonPayees(first: Allow['payees'], second: Allow['payees']): Allow['payees'] {
  if (typeof first === 'object' && typeof second === 'object') return commonAddresses(first, second)
  return first ?? second
}

function commonAddresses(first: string[] | undefined, second: string[] | undefined): string[] | undefined {
  if (!first || !second) return first ?? second
  return first.filter((one) => second.some((other) => sameAddress(one, other)))
}

function commonNetworks(first: Allow['networks'], second: Allow['networks']): Allow['networks'] {
  if (!first || !second) return first ?? second
  if (first === 'testnet') return second === 'testnet' ? second : second.filter(isTest)
  return second === 'testnet' ? first.filter(isTest) : first.filter((one) => second.includes(one))
}

function isTest(id: string): boolean {
  return findNetwork(id)?.isTest === true
}

type Confirm = Policy['confirm']

/** Asks about what either asks about, and refuses where either does. */
function commonConfirm(first: Confirm, second: Confirm): Confirm {
  if (!first || !second) return first ?? second
  const above = parseUsdc(second.above) < parseUsdc(first.above) ? second.above : first.above
  const pays = first.unanswered === 'pay' && second.unanswered === 'pay'
  return { above, unanswered: pays ? 'pay' : 'refuse' }
}
