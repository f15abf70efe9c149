import type { ParameterTable } from '../parameters.js'

/** What an image may ask for that no chat can say. */
export const imageMembers: ParameterTable = {
  transformations: {
    use: 'mapped',
    note: 'Its members',
    kinds: ['an object'],
    members: {
      oversized_image: {
        use: 'refused',
        note: 'the service scales an image that is too large, so scale it yourself',
        neutral: ['downsize']
      }
    }
  }
}

/** What a document, or the result of a search, may ask for that no chat can say. */
export const documentMembers: ParameterTable = {
  citations: {
    use: 'mapped',
    note: 'Its members',
    kinds: ['an object'],
    members: {
      enabled: { use: 'refused', note: 'no model here says where in a document it read', neutral: [false] }
    }
  }
}
