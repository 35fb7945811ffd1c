/*
 * What values that a text has under names look like. Ends of lengths keep the search linear, whatever the text is.
 */

/** The name of the next value in the same line. */
const NEXT = /[\w.~%[\]-]{1,80}=/.source
/** What a line may end with: a comment of YAML, the end of a frame. */
const END = /(?=,?[ \t]{0,20}(?:[ \t]#[^\n]*)?(?:[\r\n\0]|$(?![^])))/.source
/** A value that begins with no text in quotes, no list and no element: those have values of their own. */
const OPEN =
  /(?:[^\s"'{[<\0]|"(?=[^"\n]+$)|'(?=[^'\n]+$)|[{[](?=[^\s"'{}[\],:][^"'{}[\],:\n]*$)|<(?=[^<>\n]+$))/.source
const LINE = /^[ \t]{0,40}(?:-[ \t]|export[ \t])?(?<line>[\w.-]{1,40})/.source
/** `:`; or `=` with a space beside it or in the value, where no other name follows. */
const SIGN = `(?:[ \\t]{0,20}:(?!\\/\\/)[ \\t]{0,20}|(?:[ \\t]{1,20}=(?!=)|=(?=[^\\n=][^\\n]*[ \\t]\\S))[ \\t]{0,20}(?![^\\n]*[&;,\\s]${NEXT}))`

/** Behind a comma or a bracket, and what is between a bracket and the next one. */
const BEHIND_SIGN = /(?<=[[{,]\s{0,20})(?![\s"'{}[\],:#])/.source
const IN_BRACKETS = /(?<=[[{][^[\]{}"']{0,300})/.source
/** A value of YAML without quotes in brackets, and what ends it. */
const FLOW = /[^\s"'{}[\],:#][^"'{}[\],\n]{0,200}?/.source
const OWN_LINE = /^[ \t]{0,40}(?:-[ \t])?/.source
const FLOW_END = /(?=\s{0,20}[,}\]])/.source

/** The first that holds at a place. */
export const NAMED = new RegExp(
  [
    // <name …>value</name>
    /(?<=<(?<tag>[\w:.-]{1,80})(?<attributes>(?:\s[^<>]{0,2000})?)>(?:<!\[CDATA\[)?)(?<inner>[^<>]+?)(?=(?:\]\]>)?<\/)/
      .source,
    // "name": "value", name: "value", name="value", "name": 12
    /(?<![\w.:-])(?<key>[\w.:-]{1,80})["']?\s{0,20}[:=]\s{0,20}(?:"(?<json>[^"\\]*(?:\\.[^"\\]*)*)"|'(?<single>[^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|`(?<tick>[^`\\]*(?:\\.[^`\\]*)*)`)/
      .source,
    /"(?<field>[^"\\\n]{1,80})"\s{0,20}:\s{0,20}(?:"(?<value>[^"\\]*(?:\\.[^"\\]*)*)"|(?<number>-?\d[\d.eE+-]*))/
      .source,
    // A line that the lines below belong to: name:, name: |
    /^(?<indent>[ \t]{0,40})(?:-[ \t])?(?<block>[\w.-]{1,40})[ \t]{0,20}:[ \t]{0,20}(?<style>[|>][\d+-]{0,2})?[ \t]{0,20}(?:#[^\n]*)?\r?\n(?=[ \t]*(?:-[ \t]|[ \t]))/
      .source,
    // In brackets of YAML: [a, name: value], [name, value], name: [value, value]
    `${BEHIND_SIGN}(?=[\\w.-]{1,40}[ \\t]{0,20}:[ \\t])${IN_BRACKETS}(?<flow>[\\w.-]{1,40})[ \\t]{0,20}:[ \\t]{1,20}(?<entry>${FLOW})${FLOW_END}`,
    `(?<=(?:${OWN_LINE}(?<over>[\\w.-]{1,40})[ \\t]{0,20}:[ \\t]{0,20})?\\[\\s{0,20}(?<first>[\\w.-]{1,40})[ \\t]{0,20},\\s{0,20})(?<second>${FLOW})(?=\\s{0,20}\\])`,
    `${BEHIND_SIGN}(?<=${OWN_LINE}(?<list>[\\w.-]{1,40})[ \\t]{0,20}:[ \\t]{0,20}\\[[^[\\]{}]{0,300})(?<item>${FLOW})${FLOW_END}`,
    // A line of its own: name: value, name = value
    `${LINE}${SIGN}(?<rest>${OPEN}[^\\r\\n\\0]*?)${END}`,
    // A command: AUTH value
    `^(?<command>PASS|AUTH|OAUTH)[ \\t]{1,20}(?<given>[^\\s:=][^\\r\\n\\0]*?)${END}`,
    // name=value
    /(?<![\w.~%-])(?<parameter>[\w.~%[\]-]{1,80})=(?!=)(?<query>[^&;\s"'<>]+)/.source,
  ].join('|'),
  'gms',
)

/** What else the value of `name=value` has where it is no part of an address: words up to the next name. */
export const MORE_WORDS = new RegExp(`(?:[ \\t]+(?!${NEXT})[^\\s&;"'<>]+)+`, 'y')

/** What stands between values that are not beside each other: the end of an object, of an element. */
export const APART = /[{}]|>\s*<\/|\/>|>\s*<[\w:.-]+\s/
