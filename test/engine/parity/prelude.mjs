/* eslint-disable -- put in front of every script of this folder, which k6 itself runs */
// @ts-nocheck

/** Prints what the function gives, or the error it throws, as one line that the test compares. */
function attempt(label, fn) {
  let outcome
  try {
    outcome = { gives: fn() }
  } catch (error) {
    outcome = { throws: error.name, message: error.message, isError: error instanceof Error }
  }
  say(label, outcome)
}

/** The same for errors whose wording is the engine's own. */
function attemptNamed(label, fn) {
  attempt(label, () => {
    try {
      return fn()
    } catch (error) {
      return error.name
    }
  })
}

function say(label, value) {
  if (label !== '') console.log('@@' + JSON.stringify([label, sorted(value)]))
}

function sorted(value) {
  if (value === undefined) return 'undefined'
  if (typeof value === 'function') return 'function'
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  const result = {}
  for (const key of Object.keys(value).sort()) result[key] = sorted(value[key])
  return result
}
