import { readOptions } from '../read-options.js'
import { benchBundleSize } from './bundle-size.js'
import { benchColdStart } from './cold-start.js'
import { benchCommands } from './commands.js'
import { benchDashboard } from './dashboard.js'
import { benchLargeBody } from './large-body.js'
import { benchManyRows } from './many-rows.js'
import { benchMemory } from './memory.js'
import { benchPaidCalls } from './paid-call.js'
import { benchProxy } from './proxy.js'
import { benchRoundTrips } from './round-trips.js'
import { type BenchRow, formatRows } from './row.js'
import { benchStack } from './stack.js'

const values = readOptions(
  'npm run bench -- [--quick] [--rows | --proxy | --dashboard | --trips | --memory] [--json]',
  {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
    proxy: { type: 'boolean', default: false },
    dashboard: { type: 'boolean', default: false },
    trips: { type: 'boolean', default: false },
    memory: { type: 'boolean', default: false }
  }
)

const everything = async (): Promise<BenchRow[]> => [
  ...(await benchPaidCalls(values.quick)),
  ...(await benchRoundTrips(values.quick)),
  ...benchColdStart(values.quick),
  ...(await benchCommands(values.quick)),
  ...(await benchBundleSize()),
  ...benchLargeBody(values.quick),
  ...(await benchStack(values.quick)),
  ...(await benchProxy(values.quick))
]
// A million rows take half a minute to make, and are measured alone. So is the proxy, where nothing else is asked for.
const alone = [
  [values.rows, benchManyRows],
  [values.proxy, benchProxy],
  [values.dashboard, benchDashboard],
  [values.trips, benchRoundTrips],
  [values.memory, benchMemory]
] as const
const chosen = alone.find(([isChosen]) => isChosen)?.[1]
const rows = await (chosen ? chosen(values.quick) : everything())
if (values.json) for (const row of rows) console.log(JSON.stringify(row))
else console.log(formatRows(rows))
