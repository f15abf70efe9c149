import { readOptions } from '../read-options.js'
import { benchBundleSize } from './bundle-size.js'
import { benchColdStart, benchCommands } from './cold-start.js'
import { benchLargeBody } from './large-body.js'
import { benchPaidCalls } from './paid-call.js'
import { formatRows } from './row.js'

const values = readOptions('npm run bench -- [--quick] [--json]', {
  json: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false }
})

const rows = [
  ...(await benchPaidCalls(values.quick)),
  ...benchColdStart(values.quick),
  ...benchCommands(values.quick),
  ...(await benchBundleSize()),
  ...benchLargeBody(values.quick)
]
if (values.json) for (const row of rows) console.log(JSON.stringify(row))
else console.log(formatRows(rows))
