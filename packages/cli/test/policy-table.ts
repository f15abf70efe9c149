import { readFileSync } from 'node:fs'
import { isJsonObject } from '@bursar/core'
import { parseSetting } from '@bursar/policy'

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../policy/policy.schema.json', import.meta.url), 'utf8')
)

/** A setting, as `bursar policy set` takes it, and what it says. */
export type TableRow = ReturnType<typeof row>

function row(text: string) {
  return { text, ...parseSetting(text) }
}

const windows = ['minute', 'hour', 'day', 'week', 'month', 'total']
const token = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const local = { id: 'eip155:31337', family: 'eip155', name: 'Local', isTest: true }
const coin = { network: local.id, address: token, symbol: 'USDX', decimals: 6, currency: 'USD' }

/** A value for each setting that a bursar is made from as it is. */
export const bursarRows = [
  ...['payment', ...windows].map((name) => `limits.${name}=0.5`),
  ...windows.map((name) => `limits.perHost.${name}=0.4`),
  ...['payment', ...windows].map((name) => `limits.hosts.a.example.${name}=0.3`),
  ...windows.map((name) => `limits.perLabel.team.${name}=0.2`),
  'allow.hosts=a.example,kat.imgnai.com',
  'allow.networks=eip155:8453',
  `allow.assets=${token}`,
  'allow.payees=pin',
  'maxPriceIncrease=3',
  'prefer=cheapest',
  'rates.EURC=1.08',
  'rpcUrls.eip155:8453=http://127.0.0.1:9',
  `known.networks=${JSON.stringify([local])}`,
  `known.assets=${JSON.stringify([coin])}`,
  'signIn=always',
  'offers=remember',
  'checkBalance=always',
  'lowBalance.wallet=5',
  'lowBalance.prepaid=1',
  'verify=chain',
  'recover=at-start',
  'timeouts.beforePaymentMs=1000',
  'timeouts.afterPaymentMs=1000',
  'timeouts.idleBodyMs=1000',
  'timeouts.replacementMs=1000',
  'resend.times=1',
  'resend.backoffMs=100',
  'resumeWindowMs=1000',
  'maxValiditySeconds=60',
  'maxStreamBytes=1000'
].map(row)

/** A value for each setting that becomes something else: a function, a ledger, what a service or another verb takes. */
export const otherRows = [
  'confirm.above=0.1',
  'confirm.unanswered=refuse',
  'inFlight=join',
  ...['katana', 'venice'].flatMap((service) =>
    ['amount=0.5', 'perDay=0.5', 'total=1', 'below=0.2', 'cooldownMs=5', 'creditWaitMs=6'].map(
      (setting) => `topUp.${service}.${setting}`
    )
  ),
  'ledger=/tmp/a-ledger.db',
  'retention.days=90',
  'notify.url=http://127.0.0.1:9/hook',
  'notify.secretFile=/tmp/a-secret',
  'notify.events=payment.settled'
].map(row)

/** A policy with these settings. */
export function policyOf(rows: readonly Pick<TableRow, 'path' | 'value'>[]): object {
  return Object(rows.reduce<unknown>((all, { path, value }) => withValue(all, path, value), {}))
}

function withValue(group: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  const fields: Record<string, unknown> = { ...Object(group) }
  return { ...fields, [name]: rest.length === 0 ? value : withValue(fields[name], rest, value) }
}

/** Every setting that the published schema has, a name that the user gives being `*`. */
export function settingsOfSchema(node: unknown = schema, path: readonly string[] = []): readonly string[] {
  if (!isJsonObject(node)) return []
  const { properties, additionalProperties: named } = node
  if (!isJsonObject(properties) && !isJsonObject(named)) return [path.join('.')]
  const own = isJsonObject(properties) ? Object.entries(properties) : []
  return [...own, ...(isJsonObject(named) ? [['*', named] as const] : [])].flatMap(([name, each]) =>
    settingsOfSchema(each, [...path, name])
  )
}

/** A setting with `*` for a name that the user gave. */
export function settingOf({ path }: Pick<TableRow, 'path'>): string {
  const [group, kind] = path
  const isNamed = group === 'rates' || group === 'rpcUrls'
  if (isNamed) return `${group}.*`
  if (group === 'limits' && (kind === 'hosts' || kind === 'perLabel'))
    return ['limits', kind, '*', ...path.slice(3)].join('.')
  return path.join('.')
}
