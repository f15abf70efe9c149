/** Sends a large body once, paid or not, and prints this process's resident peak in bytes. */

import { bursarClient, officialClient } from './clients.js'
import { BODY_BYTES } from './large-body.js'
import { startServer } from './start-server.js'

const [, , name, mode] = process.argv
const client = name === 'bursar' ? bursarClient() : await officialClient()
const server = await startServer()
// Warm up with a small paid call, so that only the body's own memory is left between the two modes.
await client.call(`${server.origin}/base`)
const url = `${server.origin}/base${mode === 'unpaid' ? '?free' : ''}`
await client.send(url, new Uint8Array(BODY_BYTES).fill(97))
console.log(process.resourceUsage().maxRSS * 1024)
server.stop()
