import { createHash } from 'node:crypto'
import { paymentMiddleware } from '@x402/express'
import express from 'express'
import { resources } from './official-resources.mjs'
import { routes } from './official-routes.mjs'
import { listen } from './serve.mjs'

// What sellers of files, uploads and streams answer, behind the official middleware.
const price = routes['GET /base']
const paths = ['GET /film', 'POST /upload', 'DELETE /empty', 'GET /failing', 'GET /events', 'GET /moved']
const film = Buffer.alloc(3 * 1024 * 1024, 'film')

const app = express()
app.use(paymentMiddleware(Object.fromEntries(paths.map((path) => [path, price])), resources))
app.get('/film', ({ headers }, response) => {
  response.set({ etag: '"film"', 'accept-ranges': 'bytes', 'content-type': 'video/mp4' })
  if (headers['if-none-match'] === '"film"') return response.status(304).end()
  if (headers.range !== 'bytes=8-15') return response.send(film)
  response.set('content-range', `bytes 8-15/${film.byteLength}`)
  return response.status(206).end(film.subarray(8, 16))
})
app.post('/upload', async (request, response) => {
  const hash = createHash('sha256')
  for await (const chunk of request) hash.update(chunk)
  response.json({ type: request.headers['content-type'], sha256: hash.digest('hex') })
})
app.delete('/empty', (_, response) => response.status(204).end())
app.get('/failing', (_, response) => response.status(500).send('out of paper'))
app.get('/events', (_, response) => {
  response.set('content-type', 'text/event-stream')
  for (const each of ['one', 'two']) response.write(`data: ${each}\n\n`)
  response.end()
})
app.get('/moved', (_, response) => response.redirect(303, '/free'))
app.get('/free', (_, response) => response.send('free'))
listen(app)
