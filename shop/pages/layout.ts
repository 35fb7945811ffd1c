import { OFFERED, logoOf } from '../currencies.ts'
import { escape } from '../html.ts'

/** What every page is drawn for; `size` is the pieces in the cart, `currency` is `XXX` when it has no rate. */
export interface LayoutView {
  readonly session: string
  readonly requestId: string
  readonly currency: string
  readonly size: number
}

/** `make` with its answers kept by key; only for keys of a closed set. */
export function remembered(make: (key: string) => string): (key: string) => string {
  const kept = new Map<string, string>()
  return (key) => {
    let text = kept.get(key)
    if (text === undefined) kept.set(key, (text = make(key)))
    return text
  }
}

const TOP = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>
    Online Boutique
  </title>
  <link rel="stylesheet" href="/static/styles/styles.css">
</head>
<body>
<header>
  <div class="platform-flag local">local</div>
  <div class="bar">
    <a href="/" class="brand">Online Boutique</a>
`

const currencyForm = remembered((currency) => {
  const options = OFFERED.map(
    (code) => `<option value="${code}"${code === currency ? ' selected="selected"' : ''}>${code}</option>`,
  )
  return `    <span class="logo">${logoOf(currency)}</span>
    <form method="POST" class="controls-form" action="/setCurrency" id="currency_form">
      <select name="currency_code" onchange="document.getElementById('currency_form').submit();">
        ${options.join('\n        ')}
      </select>
    </form>
`
})

const cartLink = (size: number): string =>
  `    <a href="/cart" class="cart-link">Cart${size > 0 ? ` <span class="cart-size-circle">${size}</span>` : ''}</a>
  </div>
</header>
<main role="main">
`

/** The footer, which ends the document. */
export const footer = (view: LayoutView): string => `</main>
<footer>
  <p>This website is hosted for demo purposes only. It is not an actual shop.</p>
  <p><small>session-id: ${escape(view.session)} —
      request-id: ${view.requestId}</small></p>
</footer>
</body>
</html>
`

/** A page with the currency form and the size of the cart. */
export const shoppingPage = (view: LayoutView, main: string): string =>
  TOP + currencyForm(view.currency) + cartLink(view.size) + main + footer(view)

/** A page without either: the order and the error page. */
export const plainPage = (view: LayoutView, main: string): string => TOP + cartLink(0) + main + footer(view)
