/** Runs a route's module as Next's server does in Node, once it has compiled it. */
import { createRequire } from 'node:module'

// Next's own files are CommonJS, and are loaded as its server loads them.
const require = createRequire(import.meta.url)

/** Answers a request for the route. */
export type Answer = (url: string) => Promise<Response>

/** What a route exports. */
interface Route {
  GET(request: Request): Promise<Response>
}

/** The handler of routes in Node, which reads the module's settings and runs its function in a request's scope. */
export async function inNode(route: Route): Promise<Answer> {
  require('next/dist/server/node-environment-baseline.js')
  const { AppRouteRouteModule } = require('next/dist/server/route-modules/app-route/module.compiled.js')
  const { NextRequest } = require('next/server')
  const place = {
    page: '/report/route',
    pathname: '/report',
    filename: 'route',
    bundlePath: 'app/report/route'
  }
  const settings = {
    distDir: '.next',
    relativeProjectDir: '',
    resolvedPagePath: '',
    nextConfigOutput: undefined
  }
  const definition = { kind: 'APP_ROUTE', ...place }
  const routeModule = new AppRouteRouteModule({ userland: () => route, definition, ...settings })
  await routeModule.ensureUserland()
  const renderOpts = {
    experimental: {},
    supportsDynamicResponse: true,
    waitUntil: () => {},
    onClose: () => {}
  }
  const context = { params: {}, sharedContext: { buildId: 'test', deploymentId: '' }, renderOpts }
  return (url) => routeModule.handle(new NextRequest(url), context)
}
