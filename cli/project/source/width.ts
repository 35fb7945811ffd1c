/** The width of a line in a project that loadwright starts. */
export const WIDTH = 110
