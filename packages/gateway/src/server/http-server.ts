import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { type HttpRequest, readRequestHead } from './request.js'
import { RequestBody } from './request-body.js'
import { errorResponse, HttpError, type HttpResponse } from './response.js'

/** A paid request carries the signed offer and the signature: 16 KB, Node's default, is too little. */
const MAX_HEADER_BYTES = 256 * 1024

/** How the server listens, and who answers. */
export interface HttpServerOptions {
  readonly host: string
  readonly port: number
  readonly maxBodyBytes: number
  /** May throw an {@link HttpError}; anything else thrown becomes a 500. */
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>
  /** Told once the answer is on its way, or lost. */
  readonly onResponse: (request: HttpRequest, answer: HttpResponse) => void
}

/** A listening server. */
export interface HttpServer {
  readonly url: string
  /** Ends every connection, open requests included, and waits until nobody works on them any more. */
  close(): Promise<void>
}

/** Starts listening. */
export async function listen(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 60_000 })
  const atWork = new Set<Promise<void>>()
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    const work = serve(options, message, response).finally(() => atWork.delete(work))
    atWork.add(work)
  }
  server.on('request', onRequest)
  // Whoever asks before sending a large body is told to go on only when a route wants the body.
  server.on('checkContinue', onRequest)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://${options.host}:${port}`, close: () => close(server, atWork) }
}

async function serve(
  options: HttpServerOptions,
  message: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const waitsForContinue = message.headers.expect?.toLowerCase() === '100-continue'
  const body = new RequestBody(message, options.maxBodyBytes, () => {
    if (waitsForContinue) response.writeContinue()
  })
  const request = readRequestHead(message, body)
  const answer = await options.handle(request).catch(responseToError)
  options.onResponse(request, answer)
  deliver(answer, message, response)
}

function responseToError(problem: unknown): HttpResponse {
  if (problem instanceof HttpError) {
    const answer = errorResponse(problem.status, problem.code, problem.message)
    // The rest of an oversized body is not waited for.
    return problem.status === 413
      ? { ...answer, headers: { ...answer.headers, Connection: 'close' } }
      : answer
  }
  return errorResponse(500, 'internal_error', 'The gateway failed.')
}

function deliver(answer: HttpResponse, message: IncomingMessage, response: ServerResponse): void {
  if (answer.delivery === 'lost') {
    message.socket.destroy()
    return
  }
  if (typeof answer.body === 'object' && Symbol.asyncIterator in answer.body) {
    response.writeHead(answer.status, answer.headers)
    // Whoever hangs up in the middle ends the stream and nothing else.
    pipeline(Readable.from(answer.body), response, () => {})
    return
  }
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': body.byteLength })
  if (answer.delivery === 'cut') {
    response.write(body.subarray(0, body.byteLength >> 1), () => message.socket.destroy())
    return
  }
  response.end(body)
  // What a client still uploads to an answer that did not need it.
  message.resume()
}

async function close(server: Server, atWork: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await Promise.all([closed, ...atWork])
}
