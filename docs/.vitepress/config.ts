import { defineConfig } from 'vitepress'
import { githubSlug } from './github-slug.js'
import { navigation, sidebar } from './navigation.js'
import { rewriteLinks } from './rewrite-links.js'
import { renderForSearch } from './search-text.js'
import { addSecurityPolicy } from './security-policy.js'
import { sitePathOf } from './site-paths.js'

/** Pages outside of this folder find no library of it by themselves: what they import is what VitePress runs with. */
const vueOfThisFolder = {
  name: 'vue-of-this-folder',
  enforce: 'pre',
  resolveId: (id: string, _importer: unknown, { ssr }: { readonly ssr?: boolean }) =>
    ssr && /^vue(?:\/server-renderer)?$/.test(id) ? { id, external: true } : undefined
} as const

// The pages stand all over the repository, where packages carry them along. Links between them are those that a reader of
// the repository follows; the site turns them into its own.
export default defineConfig({
  title: 'Bursar',
  description: 'An x402 client with limits and a ledger',
  lang: 'en',
  base: process.env.BURSAR_DOCS_BASE ?? '/',
  srcDir: '..',
  srcExclude: ['.changeset/**', '.github/**', 'out/**', 'test/**', 'scripts/**'],
  // No icon is asked for.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  rewrites: sitePathOf,
  metaChunk: true,
  vite: {
    plugins: [vueOfThisFolder],
    build: { chunkSizeWarningLimit: 6_000 }
  },
  markdown: {
    // Every colour can be read on its background.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: githubSlug },
    headers: { slugify: githubSlug },
    toc: { slugify: githubSlug },
    config: rewriteLinks
  },
  transformHtml: addSecurityPolicy,
  themeConfig: {
    nav: navigation,
    sidebar,
    outline: [2, 3],
    search: { provider: 'local', options: { _render: renderForSearch } },
    externalLinkIcon: true
  }
})
