import type { exactEvmPayloadSchema } from '@bursar/core/wire'
import type * as z from 'zod'

/** An EIP-3009 authorization with its signature. */
export type ExactPayload = z.infer<typeof exactEvmPayloadSchema>

/** The fields that are signed. */
export type Authorization = ExactPayload['authorization']
