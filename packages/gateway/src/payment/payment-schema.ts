import * as z from 'zod'

/** What is read of a header whose version the route does not support. */
export const versionOnly = z.object({ x402Version: z.number() })
