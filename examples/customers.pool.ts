import { faker } from '@faker-js/faker/locale/en'
import { rows } from 'loadwright/rows'

// A seed, so that each build has the same customers.
faker.seed(7)

/** Customers who were never there: made on Node when the suite is built, so that no faker is in the bundle. */
export default rows(
  Array.from({ length: 20 }, () => ({
    email: faker.internet.email({ provider: 'example.com' }).toLowerCase(),
    street: faker.location.streetAddress(),
    zip: faker.number.int({ min: 10_000, max: 99_999 }),
    city: faker.location.city(),
  })),
  { key: 'email' },
)
