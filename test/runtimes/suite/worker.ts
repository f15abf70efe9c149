/** The suite as a Worker. The world is the body of a request; what came of it is the answer. */
import { durableObjectLedger, type ObjectNamespace } from 'bursar/durable-object'
import { runSuite } from './suite.js'

export { LedgerObject } from 'bursar/durable-object'

/** What the Worker's configuration gives it. */
interface Bindings {
  readonly LEDGER: ObjectNamespace
}

/** What a Worker exports by default. */
export const worker = {
  async fetch(request: Request, { LEDGER: namespace }: Bindings): Promise<Response> {
    return Response.json(await runSuite(await request.json(), () => durableObjectLedger({ namespace })))
  }
}
