/** Whether two texts may be equal by chance: a word, a name, a short number. */
export const isWord = (text: string): boolean => /^(?:\p{L}{1,16}|\d{1,6})$/u.test(text)
