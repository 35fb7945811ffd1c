/** A value as JavaScript itself writes it. */
export const asText: (value: unknown) => string = String
