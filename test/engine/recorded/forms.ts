import { fresh, htmlPage, PASSWORD, type Site } from './site.ts'

/** Pages with forms, as servers have written them for decades. */
export const forms: readonly Site[] = [
  {
    name: 'csrf-login',
    answer({ method, path, headers, form, session }) {
      const field = (): string => {
        session.csrf = `${fresh()}+/${fresh(3)}==`
        return `<input type="hidden" name="_csrf" value="${session.csrf.replaceAll('=', '&#x3D;')}">`
      }
      const isOwn = headers.origin === `http://${headers.host ?? ''}` && form.get('_csrf') === session.csrf
      if (method === 'POST' && !isOwn) return { status: 403, text: 'forged' }
      switch (`${method} ${path}`) {
        case 'GET /login':
          return {
            html: htmlPage(
              'Sign in',
              `<form method="post">${field()}<input name="username"><input type="password" name="password"><button>Sign in</button></form>`,
            ),
          }
        case 'POST /login':
          if (form.get('password') !== PASSWORD) return { status: 401, text: 'wrong password' }
          session.user = form.get('username') ?? ''
          return { status: 303, headers: { location: '/csrf-login/account' } }
        case 'GET /account':
          if (!session.user) return { status: 401, text: 'who are you' }
          return {
            html: htmlPage(
              'Your account',
              `<p>Hello ${session.user}</p><form method="post" action="/csrf-login/logout">${field()}<button>Sign out</button></form>`,
            ),
          }
        case 'POST /logout':
          return { html: htmlPage('Signed out', '') }
        default:
          return undefined
      }
    },
    async visit(page, url) {
      await page.goto(url('/login'))
      await page.fill('[name=username]', 'ada')
      await page.fill('[name=password]', PASSWORD)
      await page.click('button')
      await page.waitForURL('**/account')
      await page.click('button')
      await page.waitForURL('**/logout')
    },
  },
  {
    name: 'redirects',
    answer({ method, path, form, session }) {
      const ticket = /^\/tickets\/(\w+)(\/close)?$/.exec(path)
      if (method === 'GET' && path === '/') {
        return {
          html: htmlPage(
            'New ticket',
            '<form method="post" action="/redirects/tickets"><input name="subject" value="Broken lamp"><button>Send</button></form>',
          ),
        }
      }
      if (method === 'POST' && path === '/tickets') {
        session.ticket = fresh(6)
        session.subject = form.get('subject') ?? ''
        return { status: 302, headers: { location: '/redirects/made' } }
      }
      if (path === '/made') return { status: 303, headers: { location: `tickets/${session.ticket ?? ''}` } }
      if (ticket === null || ticket[1] !== session.ticket) return undefined
      if (method === 'POST') return { html: htmlPage('Closed', `<p>${session.subject ?? ''}</p>`) }
      return {
        html: htmlPage(
          'Ticket',
          '<form method="post" action=""><button formaction="javascript:void 0">x</button></form><script>function shut() { return fetch(location.pathname + "/close", { method: "POST" }).then((r) => r.text()).then((t) => (document.title = "Closed")) }</script><button id="close" onclick="shut()">Close</button>',
        ),
      }
    },
    async visit(page, url) {
      await page.goto(url('/'))
      await page.click('button')
      await page.waitForURL('**/tickets/*')
      await page.click('#close')
      await page.waitForFunction('document.title === "Closed"')
    },
  },
  {
    name: 'upload',
    answer({ method, path, headers, body, session }) {
      if (path === '/') {
        session.token = fresh()
        return {
          html: `<!doctype html><meta name="csrf-token" content="${session.token}"><title>Upload</title><h1>Upload a picture</h1>
            <input id="title" value="Holiday"><input type="file"><button>Send</button><p></p><script>
            document.querySelector('button').onclick = async () => {
              const form = new FormData()
              form.append('title', document.querySelector('#title').value)
              form.append('picture', document.querySelector('[type=file]').files[0])
              const token = document.querySelector('meta[name=csrf-token]').content
              const made = await (await fetch('/upload/files', { method: 'POST', body: form, headers: { 'X-CSRF-Token': token } })).json()
              const kept = await (await fetch('/upload/files/' + made.file.id)).json()
              document.querySelector('p').textContent = 'kept ' + kept.title
            }</script>`,
        }
      }
      if (method === 'POST' && path === '/files') {
        const whole = body.includes('name="title"\r\n\r\nHoliday\r\n') && /filename="note.txt"/.test(body)
        if (headers['x-csrf-token'] !== session.token || !whole) return { status: 400, text: 'not whole' }
        session.file = fresh(4)
        return { status: 201, json: { file: { id: session.file } } }
      }
      if (path === `/files/${session.file ?? ''}`) return { json: { id: session.file, title: 'Holiday' } }
      return undefined
    },
    async visit(page, url) {
      await page.goto(url('/'))
      await page.setInputFiles('[type=file]', {
        name: 'note.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('a note\nof two lines'),
      })
      await page.click('button')
      await page.waitForSelector('text=kept Holiday')
    },
  },
  {
    name: 'wizard',
    answer({ method, path, form, session }) {
      const stage = (title: string, inside: string): string => {
        session.state = Buffer.from(`${title}:${fresh(20)}`).toString('base64')
        return htmlPage(
          title,
          `<form method="post"><input type="hidden" name="__VIEWSTATE" value="${session.state}">${inside}<button>Next</button></form>`,
        )
      }
      if (path !== '/booking') return undefined
      if (method === 'GET')
        return { html: stage('Who travels', '<input name="first_name"><input name="last_name">') }
      if (form.get('__VIEWSTATE') !== session.state) return { status: 400, text: 'out of date' }
      if (form.has('first_name')) {
        session.name = `${form.get('first_name') ?? ''} ${form.get('last_name') ?? ''}`
        return {
          html: stage(
            'Where to',
            '<select name="to"><option>Oslo</option><option selected>Rome</option></select><label><input type="checkbox" name="extra" value="bike" checked><input type="checkbox" name="extra" value="dog" checked></label>',
          ),
        }
      }
      if (form.getAll('extra').join() !== 'bike,dog') return { status: 400, text: 'extras are missing' }
      return { html: htmlPage('Booked', `<p>${session.name ?? ''} to ${form.get('to') ?? ''}</p>`) }
    },
    async visit(page, url) {
      await page.goto(url('/booking'))
      await page.fill('[name=first_name]', 'Ada')
      await page.fill('[name=last_name]', 'Lovelace')
      await page.click('button')
      await page.waitForSelector('text=Where to')
      await page.click('button')
      await page.waitForSelector('text=Booked')
    },
  },
  {
    name: 'catalogue',
    answer({ path, query, session }) {
      const products = ['B0RK1', 'C4FFE', 'D00F7', 'E99AA'].map((id) => `${id}${(session.tail ??= fresh(2))}`)
      const [, , id] = path.split('/')
      if (path === '/')
        return {
          html: htmlPage(
            'All products',
            `<form action="/catalogue/search"><input name="q"><button>Find</button></form>${products.map((one) => `<a href="/catalogue/item/${one}">Thing</a>`).join(' ')}`,
          ),
        }
      if (path === '/search')
        return {
          html: htmlPage(
            `Results for ${query.get('q') ?? ''}`,
            products
              .map(
                (one) => `<a class="hit" href="/catalogue/item/${one}?from=search&amp;sort=price">Thing</a>`,
              )
              .join(' '),
          ),
        }
      if (path.startsWith('/item/')) {
        if (id === undefined || !products.includes(id)) return { status: 404, text: 'gone' }
        return {
          html: htmlPage(
            'One thing',
            `<form action="/catalogue/cart"><input type="hidden" name="product_id" value="${id}"><input name="quantity" value="2"><button>Add</button></form>`,
          ),
        }
      }
      if (path === '/cart')
        return products.includes(query.get('product_id') ?? '')
          ? { html: htmlPage('Cart', '<p>1 thing</p>') }
          : { status: 400, text: 'no such thing' }
      return undefined
    },
    async visit(page, url) {
      await page.goto(url('/'))
      await page.fill('[name=q]', 'blue mug')
      await page.click('button')
      await page.waitForURL('**/search?*')
      await page.click('a:nth-of-type(3)')
      await page.waitForURL('**/item/*')
      await page.click('button')
      await page.waitForURL('**/cart?*')
    },
  },
]
