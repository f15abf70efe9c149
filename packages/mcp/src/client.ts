export type { PayingClientOptions, ToolBursar, ToolClient } from './paying/paid-server.js'
export { payingClient } from './paying/paying-client.js'
export type { McpServerAddress, StdioCommand } from './paying/server-url.js'
export { serverUrl } from './paying/server-url.js'
