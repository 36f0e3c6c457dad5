/** "Did you mean …?" for words typed into a catalogue. */

/** @returns the known word that is nearest to what was typed, or null when none is near */
export function nearestWord(typed: string, known: readonly string[]): string | null {
  const word = typed.toLowerCase().slice(0, LONGEST)
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(word, candidate.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance)
  const [best] = ranked
  if (!best) return null
  const isNear = best.distance <= Math.max(1, Math.floor(word.length / 3))
  return isNear && best.candidate !== typed ? best.candidate : null
}

const LONGEST = 64

/** Letters to insert, delete, replace or swap with their neighbour on the way from one word to the other. */
function distance(from: string, to: string): number {
  let previous: readonly number[] = []
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let line = 1; line <= from.length; line += 1) {
    const next = [line]
    for (let column = 1; column <= to.length; column += 1) {
      const [letter, other] = [from[line - 1], to[column - 1]]
      const isSwapped = line > 1 && letter === to[column - 2] && from[line - 2] === other
      next.push(
        Math.min(
          cell(row, column - 1) + (letter === other ? 0 : 1),
          cell(row, column) + 1,
          cell(next, column - 1) + 1,
          isSwapped ? cell(previous, column - 2) + 1 : Infinity,
        ),
      )
    }
    previous = row
    row = next
  }
  return cell(row, to.length)
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
