import { isAlias, visit, type Alias, type Document, type Node } from 'yaml'

/** What each alias of a document stands for: the last node above it that has its anchor. One walk, however many there are. */
export function aliasesIn(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>()
  const found = new Map<Alias, Node>()
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node)
        return
      }
      const meant = anchors.get(node.source)
      if (meant !== undefined) found.set(node, meant)
    },
  })
  return found
}
