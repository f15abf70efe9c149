import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { BursarError } from '@bursar/core'
import { type HttpRequest, readRequestHead } from './request.js'
import { RequestBody } from './request-body.js'
import { errorResponse, HttpError, type HttpResponse, withHeaders } from './response.js'

/** A paid request carries the signed offer and the signature. Node's default of 16 KB is too small for some. */
const MAX_HEADER_BYTES = 256 * 1024

/** How the server listens, and what answers its requests. */
export interface HttpServerOptions {
  readonly host: string
  readonly port: number
  readonly maxBodyBytes: number
  /** May throw an {@link HttpError}. Anything else it throws becomes a 500. */
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>
  /** Called for every response, before it is sent or dropped. */
  readonly onResponse: (request: HttpRequest, response: HttpResponse) => void
}

/** A listening server. */
export interface HttpServer {
  readonly url: string
  /** Closes every connection, also of open requests, and waits until all handlers have returned. */
  close(): Promise<void>
}

/** Starts listening. @throws {BursarError} `server/port-unavailable` */
export async function listen(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 60_000 })
  const running = new Set<Promise<void>>()
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    const work = serve(options, message, response).finally(() => running.delete(work))
    running.add(work)
  }
  server.on('request', onRequest)
  // A client that sends "Expect: 100-continue" gets its 100 Continue only when a route reads the body.
  server.on('checkContinue', onRequest)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(portUnavailable(options.port, cause)))
    server.listen(options.port, options.host, resolve)
  })
  return { url: `http://${options.host}:${portOf(server)}`, close: () => close(server, running) }
}

function portUnavailable(port: number, cause: NodeJS.ErrnoException): BursarError {
  const reason = cause.code ?? cause.name
  return new BursarError('server/port-unavailable', {
    message: `Port ${port} cannot be used (${reason}). Choose another one; 0 takes any free port.`,
    context: { port, reason },
    moneyState: 'none',
    cause
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no TCP port')
  return address.port
}

async function serve(
  options: HttpServerOptions,
  message: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const expectsContinue = message.headers.expect?.toLowerCase() === '100-continue'
  const body = new RequestBody({
    message,
    limitBytes: options.maxBodyBytes,
    onFirstRead: () => {
      if (expectsContinue) response.writeContinue()
    }
  })
  const request = readRequestHead(message, body)
  const content = await options.handle(request).catch(toErrorResponse)
  options.onResponse(request, content)
  send(content, message, response)
}

function toErrorResponse(error: unknown): HttpResponse {
  if (!(error instanceof HttpError)) return errorResponse(500, 'internal_error', 'The gateway failed.')
  const response = errorResponse(error.status, error.code, error.message)
  // Closes the connection, so that the rest of an oversized body is not waited for.
  return error.status === 413 ? withHeaders(response, { Connection: 'close' }) : response
}

function send(content: HttpResponse, message: IncomingMessage, response: ServerResponse): void {
  if (content.delivery === 'lost') {
    message.socket.destroy()
    return
  }
  if (content.cookies) response.setHeader('Set-Cookie', content.cookies)
  if (typeof content.body === 'object' && Symbol.asyncIterator in content.body) {
    response.writeHead(content.status, content.headers)
    response.flushHeaders()
    // The callback is empty because a client may disconnect in the middle of a stream.
    pipeline(Readable.from(content.body), response, () => {})
    return
  }
  const body = typeof content.body === 'string' ? Buffer.from(content.body) : content.body
  response.writeHead(content.status, { ...content.headers, 'Content-Length': body.byteLength })
  if (content.delivery === 'cut') {
    response.write(body.subarray(0, body.byteLength >> 1), () => message.socket.destroy())
    return
  }
  response.end(body)
  // Discards what the client still uploads when the response did not need the body.
  message.resume()
}

async function close(server: Server, running: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await Promise.all([closed, ...running])
}
