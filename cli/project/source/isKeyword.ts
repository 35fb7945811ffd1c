/** Whether a name is a word of the language, which nothing can be named. */
export const isKeyword = (name: string): boolean => KEYWORDS.has(name)

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'arguments as await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null of package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
)
