/** The same, for the one that owns it and may change it. */
export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
