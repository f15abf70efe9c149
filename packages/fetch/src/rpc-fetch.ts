import type { RpcFetch } from '@bursar/core'
import { platform } from '#platform'

/** Carries what is read of chains as calls are carried: through the proxy of the environment, where it names one. */
export const rpcFetch: RpcFetch = platform.rpcFetch
