import { rows } from 'loadwright/rows'
import { people } from './people.ts'

export default rows(people, { key: 'id' })
