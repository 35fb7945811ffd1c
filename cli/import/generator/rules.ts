import type { Note } from '../recording.ts'
import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import { selectorIn, type Selector } from './selector.ts'

/** A rule of a generator that can be applied. */
export type Rule = { place: string; path: string } & (
  | {
      type: 'correlation'
      extractor: Selector
      name: string | undefined
      single: boolean
      /** Where the value goes; everywhere where not given. */
      replacer: { path: string; selector: Selector | undefined } | undefined
    }
  | { type: 'parameterization'; selector: Selector; value: Raw }
  | { type: 'verification'; target: 'status' | 'body'; operator: string; value: Raw }
  | { type: 'customCode'; before: boolean; snippet: string }
)

/** The rules of a generator that are switched on; what is wrong with others is noted. */
export function rulesOf(raws: readonly Raw[], left: Note[]): Rule[] {
  let off = 0
  const rules = raws.flatMap((raw, index): Rule[] => {
    if (raw.enabled === false) {
      off++
      return []
    }
    const place = `rule ${index + 1} (${(textAt(raw, 'type') ?? 'without a type').slice(0, 40)})`
    const rule = ruleOf(raw, place)
    if (typeof rule !== 'string') return [rule]
    left.push({ place, text: rule })
    return []
  })
  if (off > 0) left.push({ text: `${off} × rules that are switched off` })
  return rules
}

const pathOf = (filter: unknown): string => (isRecord(filter) ? (textAt(filter, 'path') ?? '') : '')
const selectorOf = (raw: unknown): Selector | string =>
  isRecord(raw) ? selectorIn(raw) : 'it has no selector'

function ruleOf(raw: Raw, place: string): Rule | string {
  const path = pathOf(raw.filter)
  switch (raw.type) {
    case 'correlation': {
      const extractor = isRecord(raw.extractor) ? raw.extractor : {}
      const selector = selectorOf(extractor.selector)
      const replacer = isRecord(raw.replacer) ? raw.replacer : undefined
      const into = replacer?.selector === undefined ? undefined : selectorOf(replacer.selector)
      if (typeof selector === 'string') return selector
      if (typeof into === 'string') return into
      return {
        type: 'correlation',
        place,
        path: pathOf(extractor.filter),
        extractor: selector,
        name: textAt(extractor, 'variableName'),
        single: extractor.extractionMode !== 'multiple',
        replacer: replacer && { path: pathOf(replacer.filter), selector: into },
      }
    }
    case 'parameterization': {
      const selector = selectorOf(raw.selector)
      if (typeof selector === 'string') return selector
      return isRecord(raw.value)
        ? { type: 'parameterization', place, path, selector, value: raw.value }
        : 'it has no value'
    }
    case 'verification': {
      // Before version 2 it was the recorded status, whatever it said.
      const old = raw.operator === undefined
      return {
        type: 'verification',
        place,
        path,
        target: !old && raw.target === 'body' ? 'body' : 'status',
        operator: textAt(raw, 'operator') ?? 'equals',
        value: !old && isRecord(raw.value) ? raw.value : { type: 'recordedValue' },
      }
    }
    case 'customCode':
      return {
        type: 'customCode',
        place,
        path,
        before: raw.placement !== 'after',
        snippet: textAt(raw, 'snippet') ?? '',
      }
    default:
      return 'it is of a type that k6 Studio does not have'
  }
}
