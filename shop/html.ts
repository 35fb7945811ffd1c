const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
  '+': '&#43;',
  '\0': '\uFFFD',
}

/** `text` for HTML, in an element or a quoted attribute, with the character references that Go writes. */
export const escape = (text: string): string =>
  text.replace(/[&<>"'+\0]/g, (character) => REFERENCES[character] ?? '')
