/** The program that holds keys in memory for a time. `bursar unlock` starts it, and hands it the keys by its standard input. */
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { agentRequest } from './agent-messages.js'
import { serveKeys } from './agent-server.js'

const start = z.strictObject({ path: z.string(), request: agentRequest })

// It ends by its time or by bursar lock, and not with the terminal that started it.
process.on('SIGHUP', () => {})
// Without a listener, Node opens its debugger, at a port of this machine that every user can reach.
process.on('SIGUSR1', () => {})
const { path, request } = start.parse(JSON.parse(await text(process.stdin)))
const { ended } = await serveKeys(path, request)
process.stdout.on('error', () => {})
process.stdout.write('ready\n')
await ended
