import { relative } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { root, siteLinkOf } from './site-paths.js'

interface PageEnvironment {
  /** Missing for text that is of no page, such as a title. */
  readonly path?: string
  /** Where the page stands in the repository, when the site has it elsewhere. */
  readonly realPath?: string
}

/** Has links between pages of the repository lead to where these pages are on the site. */
export function rewriteLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('links-of-the-repository', ({ tokens, env }) => {
    const page = pageOf(env)
    if (page === undefined) return
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'link_open') token.attrSet('href', linkFrom(page, token.attrGet('href') ?? ''))
    }
  })
}

/** The page's path in the repository. The reference is written for the site. */
function pageOf({ path, realPath = path }: PageEnvironment): string | undefined {
  const page = realPath === undefined ? undefined : relative(root, realPath)
  return page?.startsWith('docs/reference/') ? undefined : page
}

function linkFrom(page: string, href: string): string {
  const isOfRepository = !/^(?:[a-z]+:|[#/])/.test(href)
  return (isOfRepository ? siteLinkOf(page, href) : undefined) ?? href
}
