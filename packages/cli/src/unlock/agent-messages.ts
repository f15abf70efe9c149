import * as z from 'zod'

/** What opens key files, as hex, by the id of each file's encryption. No passphrase can be had from it. */
const keys = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string().regex(/^[0-9a-f]{64}$/))

/** What the agent is asked for, one line of JSON. */
export const agentRequest = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('get'), ids: z.array(z.string()).max(16) }),
  z.strictObject({ ask: z.literal('hold'), keys, forMs: z.number().int().positive() }),
  z.strictObject({ ask: z.literal('lock') })
])

/** What the agent answers: the keys that it has of those, or how many it held. */
export const agentAnswer = z.strictObject({ keys, held: z.number().int() })

/** A request of the command. */
export type AgentRequest = z.infer<typeof agentRequest>

/** The agent's answer. */
export type AgentAnswer = z.infer<typeof agentAnswer>

/** Bytes of a line that is read. */
export const MAX_LINE_BYTES = 16_384
