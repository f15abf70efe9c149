import type { CallRun } from '../calls/call-run.js'

/** How a tool's call to a service is paid. If the server ends before the answer is kept, the same call resumes what was signed. */
export function callOptions({ labels, signal }: CallRun, model: string, answerKept: Promise<void>) {
  const bursar = {
    labels: { ...labels, service: 'katana', model },
    tenant: labels.agent,
    // Another server of the same operator may have an equal call in flight.
    inFlight: 'join',
    answerKept
  }
  return { fetchOptions: { bursar }, signal }
}
