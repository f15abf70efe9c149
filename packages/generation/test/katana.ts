import { createKatanaClient } from '../src/katana/create-katana-client.js'
import type { KatanaClient } from '../src/katana/katana-client.js'
import type { KatanaClientOptions } from '../src/katana/katana-client-options.js'
import { type Arrival, quickClock, type Script, serve, still } from './service.js'

/** A client, the server that it speaks to, and the clock that it waits by. */
export interface OpenKatana {
  readonly katana: KatanaClient
  readonly url: string
  readonly arrivals: Arrival[]
  readonly clock: ReturnType<typeof quickClock>
}

/** A Katana client of a server that does as the script says. */
export async function openKatana(
  script: Script,
  options: Partial<KatanaClientOptions> = {}
): Promise<OpenKatana> {
  const server = await serve(script)
  const clock = quickClock()
  const katana = createKatanaClient({ baseUrl: server.url, clock, random: still, ...options })
  return { ...server, clock, katana }
}
