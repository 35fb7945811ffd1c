/** A name that nobody has: as it is, else with the first number from 2 on that is free. */
export function firstFree(
  name: string,
  isTaken: (name: string) => boolean,
  numbered = (count: number): string => `${name}${count}`,
): string {
  let own = name
  for (let count = 2; isTaken(own); count++) own = numbered(count)
  return own
}
