/** The suite as a Worker. The world is the body of a request; what came of it is the answer. */
import { runSuite } from './suite.js'

/** What a Worker exports by default. */
export const worker = {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await runSuite(await request.json()))
  }
}
