export type { McpContext } from './context.js'
export { createMcpServer } from './create-mcp-server.js'
export type { McpHttpServer } from './serve-http.js'
export { serveHttp } from './serve-http.js'
