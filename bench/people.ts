/** The 10,000 rows of the bench: what a shop knows of a customer. */
export const people = Array.from({ length: 10_000 }, (_, index) => ({
  id: `customer-${index}`,
  email: `customer.${index}@example.com`,
  street: `${index % 997} Long Street`,
  zip: 10_000 + index,
  city: `City of ${index % 313}`,
  country: 'United States',
}))
