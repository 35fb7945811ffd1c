import { faker } from '@faker-js/faker/locale/en'
import { rows } from '../../lib/rows.ts'

faker.seed(20_261_121)

/** A Visa number of 16 digits whose last one makes the Luhn sum divisible by ten (ISO/IEC 7812-1). */
const visa = (): string => {
  // 4539…: outside the Visa Electron ranges, which the shop's payment service refuses.
  const digits = `4539${faker.string.numeric(11)}`
  const sum = Array.from(digits).reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return digits + String((10 - (sum % 10)) % 10)
}

/** Shoppers who can check out: every field of the shop's form but the card's expiry, which depends on today. */
export default rows(
  Array.from({ length: 60 }, () => ({
    email: faker.internet.email({ provider: 'example.com' }).toLowerCase(),
    street_address: faker.location.streetAddress(),
    zip_code: faker.number.int({ min: 10_000, max: 99_999 }),
    city: faker.location.city(),
    state: faker.location.state({ abbreviated: true }),
    country: 'United States',
    credit_card_number: visa(),
    credit_card_cvv: faker.number.int({ min: 100, max: 999 }),
  })),
  { key: 'email' },
)
